/// The companies behind manufacturer codes, as the FLAG Association lists them.
///
/// One text with a line a company, in the order of the codes, and searched as it stands: so nothing
/// is built at the start, and a line reads like the list.
extension ManufacturerCode {
    /// The company, in words; nil for a code that the list does not have.
    public var company: String? {
        var letters: [UInt8] = []
        letters.reserveCapacity(4)
        global.appendText(to: &letters)
        guard letters.count == 3 else { return nil }
        return Self.companies.withUTF8Buffer { text in
            // Between two line starts, the line wanted is between them.
            var low = 0
            var high = text.count
            while low < high {
                var start = (low + high) / 2
                while start > low, text[start - 1] != newline { start -= 1 }
                let end = text[start...].firstIndex(of: newline) ?? text.count
                let line = text[start..<end]
                if line.starts(with: letters) {
                    return String(decoding: line.dropFirst(4), as: UTF8.self)
                }
                if letters.lexicographicallyPrecedes(line.prefix(3)) {
                    high = start
                } else {
                    low = end + 1
                }
            }
            return nil
        }
    }

    private var newline: UInt8 { UInt8(ascii: "\n") }

    private static let companies: StaticString = """
        AAA Aventies
        AAB Milas
        ABB ABB
        ABC Paya Energy
        ABN ABN Braun
        ABR ABB
        ACA Acean
        ACB AcBel Polytech
        ACC Accurate
        ACE Actaris Electricity
        ACG Actaris Gas
        ACH Acantho
        ACL Aclara Meters UK
        ACN ACN Advanced Communications Networks
        ACS Tianjin Chuangshi Technology Developing
        ACT Activis Metering
        ACW Actaris Water and Heat
        ADA Andrea Informatique
        ADD ADD Production
        ADE Yantai Aerospace Delu Energy saving Technology
        ADF ADFweb com
        ADN Aidon
        ADR Adrem Engineering
        ADU Adunos
        ADV Advant
        ADX ADD Production
        AEA Abam Electronic Alborz
        AEC Advance Electronics Company
        AEE Atlas Electronics
        AEG AEG
        AEI Ajay Electrical Industries
        AEL Kohler
        AEM S C AEM
        AEN ADVANCED ENERGY MANAGEMENT SOLUTIONS
        AER Aerzener Maschinenfabrik
        AES ALFANAR ELECTRICAL SYSTEM
        AFS AFSONA INVEST
        AFX Alflex Products
        AGE AccessGate
        AGI PT Armitec Electrical Systems
        AGT Agnitio Technologies
        AHV aventies
        AHX Sepanta Electronic Tabarestan
        AIC Avastu Creations
        AIM Ningbo Aimei Meter Manufacture
        AKK MAximum
        AKU Akanksha Power and Infrastructure
        ALC Zenner Gas
        ALE AEROSPACE LIANGLI ELECTRIC
        ALF Alfatech Elektromed Elektronik
        ALG Algodue Elettronica
        ALH ALFANAR ELECTRICAL SYSTEM
        ALK Actislink
        ALL Allied Engineering Works
        ALP Alphion
        ALR Algorab
        ALT Amplitec
        ALV Alvicom
        AMB Wurth Elektronik eiSos
        AMC Arch Meter Corporation
        AMD KEPID AMSTECH
        AME Avon Meters
        AMG ANTE METER GROUP
        AMH AmiHo
        AMI AMI Tech I
        AML Eon Electric
        AMP Ampy Automation Digilog
        AMR Actislink
        AMS Zhejiang Joy Electronic Technology
        AMT INTEGRA METERING
        AMX APATOR METRIX
        ANA Anacle Systems
        AND Andis
        ANE AN electronic
        ANZ Anhui Nari Zenith Electricity Electronic
        AOM Aquametro Oil Marine
        AON ASTRON
        APA Apator
        APL APLI
        APO Apolis
        APR Apronecs
        APS Apsis Kontrol Sistemleri
        APT Apator
        APX Amplex
        AQA ACTAQUA
        AQL Aqualoc
        AQM INTEGRA METERING
        AQN Aquantia
        AQT Aquatherm PPH
        AQU Aquamess
        ARA Aranha
        ARC Arcelik
        ARD Arad Group
        ARE Archai Electronics
        ARF ADEUNIS RF
        ARG ARGO group of companies
        ARH PT Armitec Electrical Systems
        ARK Arkon Flow Systems
        ARM Arivus metering
        ARQ ARQIVA
        ARS ADD
        ART Electrotecnica Arteche Smart Grid
        ARW Arrow Electronics
        ARX Aras Mercu Sdn Bhd
        ASA Asac
        ASC A2A Smart City
        ASD AS DAQ SYSTEMS
        ASG Meter technology Company
        ASH Basic Electronics Company
        ASJ ACCUMET SOLUTIONS
        ASM Adya Wifi Metering
        ASR Erelsan Elektrik ve Elektronik
        AST ASTINCO
        ASY Arvato Systems Digital
        ATA Alcansar OElcum ve Otomasyon Sistemleri
        ATE ADVANCE TECHNOLOGY AND ELECTRICS COMPANY LIMTED
        ATF AKTIF OTOMASYON STI
        ATI Analogics Tech
        ATL Atlas Elektronik
        ATM Atmel SAU
        ATS Atlas Sayac Sanayi
        AUR Aurum Europe
        AUT Aiut
        AUX Ningbo Sanxing Smart Electric
        AVA Avangard JSC
        AVE ASHTAVINAYAKA ENERGY INFRA
        AXI Axioma Metering UAB
        AXS AXSEM
        AYS Euromet Stl
        AZE AZEL Electronics
        BAM Bachmann
        BAR Baer Industrie Elektronik
        BAS BASIC INTELLIGENCE TECHNOLOGY
        BBE Bentec Bhartia Engineers
        BBS BBS Electronics
        BCE ShenZhen B C Electronic
        BCR Jiangsu Bingchen Electronics
        BEA Baer Energy Automation
        BEC Berg Energiekontrollsysteme GmbH
        BEE Bentec
        BEF BEFEGA
        BEG begcomm Communication
        BEL Belassitsa AD
        BEN BEENIC
        BER Bernina Electronic
        BFW BFW Buero fuer Waermemesstechnik OHG
        BHG Brunata
        BIM BEAM INFOTECH
        BJY Beijing JOYO smart water meter
        BKB Boendekomfort
        BKO Beko Elektronik
        BKT Bekto Precisa
        BLM BELIMO Automation
        BLU Bluering
        BMA Byte Machine
        BME Beifeng
        BMI Badger Meter
        BMP BMETERS Polska
        BMT BMETERS
        BNR Beijing Banner Electric
        BOV Zhejiang Bove Intelligent Technology
        BPM Aadharshila Mobility Solutions
        BRA Brandes
        BRC BRICK4U
        BRN Bruntab Energy
        BRT BEREKET TEKNOLOJAE K A LA A M SAE STEMLERAE BAE L ELK AE NAA AE TH AE HR SAN VE TAE C AA TAE
        BRU Klaus Bruchmann
        BSC Sanaye Sanjesh Energy Behineh Sazan Toos
        BSD BSED
        BSE Basari Elektronik
        BSI Bundesamt fur Sicherheit in der Informationstechnik BSI
        BSM Bluestar Electrical Meter Research Institute
        BSP Byucksan Power
        BSS Baylan Su SayaA larAE
        BST BESTAS Elektronik Optik
        BSX BS Messtechnik
        BSY Aktif Enerji AE nsaat Sanayi ve Ticaret Sirketi
        BTA Buta Elektromekanik
        BTL BIT LAB
        BTM Bharatech Smart Industrial
        BTR RIA BTR Produktions
        BTS Basari Teknolojik Sistemler
        BUR Bopp und Reuther Messtechnik
        BUY BUYI TECHNOLOGOY
        BXC Beijing Fuxing Xiao Cheng Electronic Technology Stock Xisanhuan Beilu
        BYD BYD Company
        BYL Baylan
        BYW Baylan Water Meters
        BZR Gebr Bauer
        CAB Cabtronix
        CAD CADIS
        CAH MAEC GROUPE CAHORS
        CAL Caleffi
        CAN PT CANNET ELEKTRIK
        CAR CARI Electronic
        CAT Cubes And Tubes
        CAV CaveTronic
        CBF ELECTRICAL CIRCUIT BREAKER FACTORY FOR INDUSTRY ECB
        CBI Circuit Breaker Industries
        CBS CB Svendsen
        CCP 1334816
        CCS Chetas Control Systems
        CDA Centre for Development of Advanced Computing
        CDL Customised Data
        CDT CENTRE FOR DEVELOPMENT OF TELEMATICS
        CEB Cebyc
        CED CEDARNET
        CEG Consolinno Energy
        CEH Tosee Garan Sanjesh Energy Hoshmand
        CEL Creative Electronics
        CEM YAVUZ METAL SANAYI VE TICARET
        CET Cetinkaya Aydinlatma
        CFL CF Smart Technologies
        CGC Contor Group
        CGO Cavagna Group
        CHA Charles Technology Research
        CHC CHUN IL INSTRUMENT
        CHE Shandong Chenhui Electronic Technology
        CHM Chung Hsin Electric and Machinery Manufacturing
        CHS Smart Services International
        CIC CHALLENGE INDUSTRIAL
        CIR Circutor
        CJS CJS Technology
        CKT CKT Elektrik Elektronik Sanayi ve Ticaret
        CLA 3g celllabs
        CLB CMC
        CLE Shen Zhen Clou Electronics
        CLO Clorius Raab Karcher Energi Service
        CLS Celsa Messgeraete
        CLT Zhuhai S E Z Calintech Electric
        CLX CLK IPEKYOLU LOJISTIK VE TICARET A AA
        CLY Clayster
        CMC CMC EKOCON
        CMP CM Partner
        CMS CMS Computers
        CMT CMOSTEK MICROELECTRONICS
        CMV Comverge
        CNM COSTEL
        CNU CNU Global
        COH COHEAT Future Business Centre
        COM COMMON
        CON Conlog
        CPG CentraPlus
        CPL CPL CONCORDIA Soc Coop
        CPO C3PO
        CPS CAPITAL POWER SYSTEMS
        CQC Yueqing Qicheng Electric
        CRD CRDM DEVELOPPEMENTS
        CRT CRDM Technology
        CRW Xuzhou Runwu Science and Technology Development
        CRX Corinex Communications
        CRY Crystal Power
        CSC CHUBUSEIKI
        CSL Comsel System
        CSP CSP Innovazione nelle ICT
        CSW Critical Software
        CTE COSTER T E
        CTL Cyan Technology
        CTP Cabcon Technologies
        CTQ Control Q
        CTR Contar Electronica Industrial
        CTT DLMS User Association Conformance
        CTX Contronix
        CUB Cubic Sensor and Instrument
        CUC Cuculus
        CUR CURRENT Group
        CWA CompWell
        CWI Cewe Instrument
        CWV CMEC Electric Import Export
        CYE Quanzhou Chiyoung Electronics Technology
        CYI QUANZHOU CHIYOUNG INSTRUMENT
        CYN Cynox Weinart Engineering
        CZA Contadores de Agua de Zaragoza
        CZM Cazzaniga
        DAE DAE
        DAF Daf Enerji Sanayi ve Ticaret
        DAN Danubia
        DBD DBD Water Systems
        DBE Decibels Electronics P Decibels Electronics
        DCD Delhi Control Devices
        DCO diaeco wave company
        DCZ decarbon
        DDE D D Elettronica
        DDI DD Infraventures
        DDL DONGDO LMS
        DDM Delta Dore
        DEA Dea HT
        DEC DECODE Data Communications
        DEI DevSys Embedded Technology
        DEL DELTAMESS DWWF
        DEN Ducati Energia
        DES Desi Alarms
        DEV Develco Products
        DFE Dongfang Electronics
        DFS Danfoss
        DGC Digicom
        DGI Digi International
        DGM Diehl Metering
        DGY Discovergy
        DHA Shanghai dahua measuring auto control instruments manufactory
        DHQ YIDU Smart Technology Beijing
        DIE Dielen
        DIG Digutal Request
        DIL DECCAN INFRATECH LIMETED
        DJA De Jaeger Automation
        DKY Electric Power Research Institute of Guangdong Power Grid Corporation
        DLX Delixi Group Instruments Meters
        DMC DMC International
        DME DIEHL Metering
        DMG DIINNO
        DMI Dualmicro Measurement Technologies
        DMO BEENIC
        DMP DM Power
        DMS Digilog Micro Solutions
        DNB Dana Sanjesh o Bargh Danaab
        DNC Dongnam
        DNO DENO
        DNT Dr Neuhaus Telekommunikation
        DNV DNV GL
        DOJ Suzhou Dojustek Intelligent Technology
        DOM Domat Control System
        DOS Metsec Cables
        DPM DELTA PRIMA METERING SDN BHD
        DPP DECCAN POWER PRODUCTS
        DRC DURECOM
        DRP DBD WATER SYSTEMS
        DRT DRESSER Italia
        DSE Digitech Systems and Engineering
        DSM Desimal Elektronik Muhendislik San ve Tic
        DST Shenzhen Donsun Technology
        DTE DanTaet
        DUA DLMS User Association
        DUS Dresser Utility Solutions
        DVE DEV ENERGY
        DVG Device
        DVL devolo
        DWT Hangzhou elecwatt Technology
        DWY Dwyer Instruments
        DWZ Lorenz
        DZG DZG Metering
        EAA Electronic Afzar Azma
        EAD EAD Energieabrechnungssysteme
        EAH Endress Hauser
        EAS EAS Elektronik San Tic
        EBE Ebeco
        EBK Biesenthal
        EBV EBV Elektronik
        EBZ eBZ
        ECA ECO ADAPT
        ECB ELECTRICAL CIRCUITT BREAKER FACTORY FOR INDUSTRY
        ECC Energycare Company
        ECH Networked Energy Services Corporation
        ECI ECIL
        ECL Electronics Corporation of
        ECM Ecomess
        ECO Engie BtoC Smart program
        ECS Herholdt Controls
        EDI Enel Distribuzione Via Ombrone
        EDM EDMI
        EDP Electro Digital Meter Project Management Services
        EEC ESCO
        EEE 3E
        EEI ELSOURCE
        EEM Electrify Energy
        EEO Eppeltone Engineers
        EEP ELECTRONET EQUIPMENT
        EES Eletra Industria e Comercio de Medidores Eletricos
        EFA EFACEC Engenharia e Sistemas
        EFE Engelmann Sensor
        EFI Efimatic Iberica
        EFN EFEN
        EFR Europaeische Funk Rundsteuerung
        EFS EFSYS
        EFX Enerflux
        EGA eGain International
        EGC Ekbatan Gas Control
        EGD EcoGuard
        EGM Elgama Elektronika
        EGO EWE Go
        EGP Meters Company EMC
        EGT Enegate
        EGW Enermess Energie Mess und Servicedienste
        EGY ian Smart Meter Company
        EHL Secure Meters
        EHS Endress Hauser SICK
        EIC Elite Experts Industry Company
        EIE Ei Electronics
        EIG Eigensonne
        EIP Elmeasure
        EIS ENERGY INTEGRATED TECH SOLUTIONS
        EIT EnergyICT
        EKA Eka Systems
        EKF EKF
        EKO EKOLIS
        EKS DAE CLE KA K ENERJAE YATIRIM A AA
        EKT PA KVANT J S
        ELC CJSC EMIS
        ELD Elektromed Elektronik
        ELE Elster Electricity
        ELG Elgas
        ELL Energy Plus
        ELM Elektromed Elektronik
        ELO ELO Sistemas Eletronicos
        ELP ElectroPlus
        ELQ ELEQ
        ELR Elster Metering
        ELS Elster
        ELT ELTAKO
        ELU Elupi Elektronik Elektrik
        ELV Elvaco
        ELY Elektroniksystem i Umeaa
        EMB Embit
        EMC Embedded Communication Systems
        EME SC Electromagnetica
        EMF IT Beratung Energiemanagement Flammang
        EMH EMH metering formerly EMH Elektrizitatszahler
        EMI Entorno Inteligente de Medicion
        EML Emlite
        EMM Email Metering
        EMO Enermet
        EMR CJSC Energomera
        EMS EMS PATVAG
        EMT Elster Messtechnik
        EMU EMU Elektronik
        ENC ENSYCO ETHIOPIA ELECTRICITY METER MANUFACTURING
        END ENDYS
        ENE ENERDIS
        ENG ENER G Switch
        ENH ENMAS
        ENI entec innovations
        ENL ENEL
        ENM ENLITE SMART SOLUTIONS
        ENN Enernet
        ENO ennovatis
        ENP Kiev Polytechnical Scientific Research
        ENR Energisme
        ENS ENSO NETZ
        ENT ENTES Elektronik
        ENX Enetronx
        EPI EPI USE AFRICA
        EPL Escorts
        EPT Energy Prospect Technologies
        ERE Enermatics Energy
        ERI Easun Reyrolle
        ERL Erelsan Elektrik ve Elektronik
        ERN Ericsson Telecomunicazioni
        ERS Eurosys
        ERW Everrenew Energy
        ESA ESAC
        ESC EDMI Shenzhen
        ESD Edelstrom Electronic Devices and Designing
        ESE ESE Nordic
        ESG ESG
        ESH EMSYCON
        ESI Monosan Monofaze Elektrik Motorlari
        ESL Esyasoft Landis and Gyr
        ESM Monosan Monofaze Elektrik Motorlari
        ESN Zhejiang Eastron Electronic
        ESO Monosan Monofaze Elektrik Motorlari
        ESP EFICAA ENSMART SOLUTIONS
        ESR Ensor
        ESS Energy Saving Systems
        ESV ESKA VALVE
        ESY EasyMeter
        ETD Energy Team
        ETK ELTEK BROJILA
        ETO Sphere of economical technologies
        ETP Energotechnica
        EUE E E Electronic
        EUR Eurometers
        EUS Ebeling und Sohn
        EVD DREWAG NETZ
        EVK EV KUR ELEKTRIK
        EVL Geothermique
        EVT EVThru
        EWA EWATTCH
        EWE EWE
        EWG EWG DOO
        EWS ENLESS WIRELESS
        EWT Diehl Metering
        EXS exceeding solutions
        EXT LOTRIC Metrology
        EYE Eco eye
        EYT Enerlyt Potsdam
        EZL Enerzolve Smart Energy Technologies
        FAC Fireangel Safety Technology
        FAE Fae Technology Company
        FAN Fantini Cosmi
        FAR FARAB
        FAS FAST
        FAT Fardad azma toos
        FED Federal Elektrik
        FEI FUJI ELECTRIC
        FEM Fortune Electric
        FFD Fast Forward
        FID Fi Muhendislik
        FIM Frodexim
        FIN Finder
        FIO Pietro Fiorentini
        FLA FLASH ELECTRONICS
        FLD Fludia
        FLE XIAN FLAG ELECTRONIC
        FLG FLOMAG
        FLO Flonidan
        FLS FLASH o s
        FLU SHANDONG FEILONG INSTRUMENT
        FLW Fluidwell
        FLX FLEXIM Flexible Industriemesstechnik
        FMG Flow Meter Group
        FML Siemens Measurements Formerly FML
        FMM F IMM
        FND findy IoT Solutions
        FNF FlowSystem
        FNX Flownetix
        FOX FOXYTECH
        FPL fifthplay
        FPR F Pribor
        FRC Shenzhen Friendcom Technology
        FRE Frer
        FRT Foritec
        FRU OJSC NRPA FRUNZE
        FSE Flecto Sense
        FSP Finmek Space
        FST FieldServer Technologies
        FSY FlowService
        FTL Tritschler
        FUN Micro Matic Norge
        FUS Fuccesso
        FUT first utility
        FWS FW Systeme
        FYL Shanghai Fengyilong Electronic
        FZK FUNZIN
        GAT GEPDEC SMART TECHNOLOGY
        GAV Carlo Gavazzi Controls
        GBJ Grundfoss
        GBX GRIDBLOX
        GCE Genergica
        GCG Goldcard Smart Group
        GCT GridCrest Technologies
        GCX grandcentrix
        GDC GADICO TECNOLOGIAA
        GDS InnoSense
        GEC GEC Meters
        GEE GE Energy
        GEL Industrial Technology Research Institute
        GEN Goerlitz
        GEO Green Energy Options
        GEP GEPDEC INFRATECH
        GET Genus Electrotech
        GEX Global Evolution Lighting
        GFM GE Fuji Meter
        GIL Genus Innovations
        GIN Gineers
        GIO G GIOANOLA
        GKA G K Assembly
        GKM George Kent Bhd
        GLM GETRALINE
        GLO NetLand
        GLX Electrical Equipment Joint Stock Corporation
        GMC GMC I Messtechnik
        GME Global Metering Electronics
        GMM Gamma International
        GMS Gity Madara Sepahan
        GMT GMT
        GNP GEPDEC ENERGY
        GNY JiangSu GuoNeng Instrument Technology
        GOE Genus Power Infrastructures
        GOM Zhejiang Gomelong Meter
        GOT NetLand Spolka z ograniczona odpowiedzialnoscia
        GPM Polaris Smart Metering
        GPT GINTAI POWER TECHNOLOGY
        GRA Graesslin
        GRD Greenradio
        GRE GE2 Green Energy Electronics
        GRI Grinpal Energy Management
        GRN GREEN ENS
        GRP GlobalRnD
        GRS Garderos
        GRU G GURU
        GRV Gridventure Arge ve Teknoloji Pazarlama A AA
        GRX Gurux
        GSD Genesis Smart Devices
        GSE Gridspertise
        GSP Ingenieurbuero Gasperowicz
        GSS R D Gran System S
        GST Shenzhen Golden Square Technology
        GTE GREATech
        GTM G2 misuratori
        GTR Globaltronics for Electronics E
        GTS GIGATRONIK Stuttgart
        GUH ShenZhen GuangNing Industrial
        GVL gAvilar
        GWF Gas u Wassermesserfabrik
        GWI George Wilson Industries Aldermans Green Industrial Estate
        HAG Hager Electro
        HAK Hako
        HBY HENAN HUABIAO INSTRUMENT TECHNOLOGY
        HCE Hsiang Cheng Electric
        HCM Hidroconta U
        HDA Hidria
        HDK Hydroko
        HDX Beijing TianRuiXiangDe Measuring Technology
        HDY Dalian hundao instrument
        HEG Hamburger Elektronik Gesellschaft
        HEI Hydro Eco Invest
        HEK Hexing Technology Company
        HEL Heliowatt
        HEM Hokkaido Electric Meter Industry
        HER Hermes Systems
        HEW Honeywell Integrated Technology
        HEX Shenzhen Hexcell Electronics Technology
        HFI Nanjing Hu Measurement Control Technology
        HFL HFIL Technologies
        HFR SAERI HEAT METERING TECHNOLOGY
        HGM HG meter
        HGP Hangzhou GreenPalm Technology
        HHE HAUSHELD
        HHM Chongqing Huahong Metering
        HIE Shenzhen Holley South Electronics Technology
        HIN huebner Informationselektronik
        HIT ABB
        HJM Huaihua Jiannan Machinery Factory
        HKK Hokuriku Instrumentation
        HKT Heklatech
        HLD Hildebrand Technology
        HLE Shenzhen Hopeland Technologies
        HLT Hangzhou Laison Technology
        HLY Holley Metering
        HMI HMI Energy
        HML Holley Technology
        HMS Hermes Systems
        HMT Hangzhou Meteronic Technology
        HMU Hugo Muller
        HNA Houshmand Namayeh Afraz
        HND Shenzhen Hemei Group
        HNN Houshmand Namayeh Afraz
        HOE HOENTZSCH
        HOL Holosys
        HON Honeywell Technologies
        HOP Shenzhen Hopeland Technologies
        HOY Holley Meters
        HPL HPL Socomec
        HPM HANGZHOU HPM COMPANY
        HQL H Q LAMPS MANUFACTURING
        HRM Hefei Runa Metering
        HRS HomeRider
        HRZ HERZ Messtechnik
        HSD Ningbo Histar Meter Technology
        HST HST Equipamentos Electronicosa
        HSX HST
        HTC Horstmann Timers and Controls
        HTE Hexing Technologies Europe
        HTI Shandong Hetong Information Technology
        HTL Ernst Heitland Erlenstr
        HTS HTS Elektronik
        HTY HELIOTY
        HUK Helbeck Kusemann
        HUM Humanlitech
        HVG Hekatron Vertriebs
        HVT Helvatron
        HWC Qingdao Hiwits Meter
        HWM Beijing Hongwei Chaoda Instrument Manufacturing
        HWT Huawei Technologies
        HXD Beijing HongHaoXingDa Meters
        HXE Hexing Electrical
        HXT HEXIN HONGKONG TECHNOLOGY
        HXW Hangzhou Xili Watthour Meter Manufacture
        HYC Zhejiang Hengye Electronics
        HYD Diehl Metering
        HYE Zhejiang Hyayi Electronic Industry
        HYG Diehl Metering
        HYM Zhejiang Hengye Electronics
        HYS Hydrelis
        HYT Zhejiang Hengye Electronics
        HZC TANGSHAN HUIZHONG INSTRUMENTATION
        HZI TANGSHAN HUIZHONG INSTRUMENTATION
        HZZ Huizhou Zhongcheng Electronic Technology
        IAC INHEMETER AFRICA COMPANY
        IBE IBOT ENERGY SYSTEMS
        IBG ITI BANGALORE PLANT
        IBT Ikom Bilisim Teknolojileri
        ICB Inscobee
        ICE Icoal incorporated
        ICK I C Technology
        ICM Intracom
        ICP PT Comnets Plus
        ICS ICSA
        ICT International Control Metering Technologies
        ICU i cube
        IDE IMIT
        IDS IDS
        IEC leonnardo Corporation
        IEE I E Electromatic
        IEI Informage Energy
        IEN Institute of Power Engineering
        IES Integrated Electronic Systems Lab
        IFC infocon
        IFX Infineon Technologies
        IGE INDKOSQUARE GLOBAL ENGINEERING
        IGM ITALGAS RETI
        IGR iGridS Hebelweg
        IGS I G S DATAFLOW
        IHM Shenzhen Inhemeter
        IID PT INDUSTRI TELEKOMUNIKASI Persero
        IIF Westenergie Metering
        IJE ILJIN Electric
        IJK IJENKO
        IKE IK Elektronik Friedrichsgruener Str
        IKM Ikom
        IKO AE KOM BiliAA im Teknolojileri A AA
        IKS IKASIAN
        IMC madar
        IME Fellows
        IMR iMeter
        IMS IMST
        IMT INTEGRA METERING
        IMZ iMezr Innovations
        INC Incotex
        IND INDRA SISTEMAS
        INE INNOTAS Elektronik
        INF Infometric
        INI Altero
        INM Inepro Metering
        INN INNEXIV
        INO Indotech Switchgear Controls Delhi
        INP INNOTAS Produktions
        INS INSYS MICROELECTRONICS
        INT Infranet Technologies
        INV Sensus Metering Systems
        INX Innolex Engineering
        IOM IOmeter
        ION Ionics EMS
        IOT Trilliant Networks
        IPD IPD Industrial Products
        IQO Kwhiq
        IQS IQ Systems
        IRE IREN Energia
        ISA Isabellenhutte Heusler
        ISE INESH SMART ENERGY P
        ISF Investcom Szymon Fiedorowicz
        ISI Akcionarsko Drustvo Insa Industrija Satova
        ISK Iskraemeco
        ISO Isoil Industria
        ISS Iskra
        IST Ista
        ISW iSAtech water
        ITA iTrona
        ITB Itron Solucoes para Energia e Aguaa
        ITC INTECH TUNISIE
        ITE ITRON Electricity
        ITF ITF Froeschl
        ITG ITRON Gas
        ITH INTELTEH
        ITI ITRON Asia
        ITK Itron
        ITL Indriya Technologies
        ITM Intelligent Metering Systems
        ITP M s ITI
        ITR Itron
        ITS ITRON Australasia
        ITU ITRON United States Itron
        ITW ITRON Water
        ITX IDEAL TECHNICAL SOLUTIONS
        ITZ ITRON
        IUS IUSA DE CV
        IVY IVY metering
        IWD Inkwell Data
        IWK IWK Regler und Kompensatoren
        IYI KAYI ENERGY Hacettepe Universitesi
        IZE iZenze
        JAC Jay Autocomponents
        JAN Janitza electronics
        JBF Beijing jingyibeifang instrument company
        JCE Janz Contadores de Energia
        JED JED
        JGD tianjin guangdaweiye measuring instrument technology
        JGF Janz Contagem e Gestao de Fluidos
        JGH ITSQUARE
        JHA Zhejiang JiaHe Instrument
        JHM Changzhou Jianhu Intelligentize Meter
        JJN BeiJing Fine Clean Enery Technology
        JKW QingdaoJakewill Energy Technology
        JMA Huizhou JMAO Intelligent Technology
        JMT JM TRONIC
        JMV JMV LPS NOIDA
        JNC NINGBO JIANAN ELECTRONICS
        JND J D Electronics
        JNJ JNJ POWERCOM SYSTEMS
        JOY Zhejiang Joy Electronic Technology
        JPM JPM INDUSTRIES
        JSM Jining Goldwater Science Technology
        JSO Schloesser Armaturen
        JST JSTech
        JUM JUMO
        JWH TIANJIN WANHUA
        JWR Shandong jingwei telecommunications equipment
        JWS Wesson energy saving technology tianjin
        JXH Jiangyin Changyi Group
        JYS Beijing Jingyuan instrument company
        KAA Kamstrup
        KAL Kallenbach Elektronik
        KAM Kamstrup Energi
        KAR Keskar Vana Metal Mak Sti
        KAS Kamstrup
        KAT KATHREIN Werke
        KAW Kamstrup
        KBH K Biesinger
        KBK KBK ELECTRONICS
        KBL Kimbal
        KBN Alpamis IT
        KDN KADEN VODOMERY
        KDS Kedros
        KEA Kea Metering Ptd
        KEE Keewe
        KEL KELEMINIC
        KER KERMS haftungsbeschraenkt
        KES Kavosh Electronic Sepahan
        KEY KEYTECH ELEKTRONAE K ANONAE M AA AE RKETAE
        KFM Shenzhen Kaifa Technology Chengdu
        KGE Guangzhou Keli General Electric
        KHL Kohler
        KIG Kiwigrid Kleiststrasse
        KIT KONCAR Instrument transformers
        KJN Radniroo Industrial
        KKE KK Electronic
        KKG Katronic
        KLE SHIJIAZHUANG KELIN ELECTRIC
        KLK Kerlink
        KMB Kamstrup
        KMT Krohne Messtechnik
        KNI zhangzhou keneng electrical equipment
        KNR ISCIENTIFIC TECHSOLUTIONS LABS
        KNX KONNEX based users Siemens Regensburg
        KPD Korea Electric Power Industrial Development
        KPL KPLC Power
        KRO Kromschroder
        KRT Karat
        KSM Korea Testing Certification
        KST Kundo SystemTechnik
        KSY KUNDO SystemTechnik
        KTC Kerman Tablo
        KTE KEYTECH ELEKTRONIK ANONIM SIRKETI
        KTL Korea Testing Laboratory
        KUK KYRGYZ UNAA KURUUSH
        KUL Kultura IoT A A zA
        KVS Klepsan Klape Vana oelcu aletleri San Tic Sti
        KWH Zhejiang Songxia Electric Meter
        KYN Kayon
        KZK KRIZIK
        LAC Heinz Lackmann
        LAI Hangzhou LAISON Technology
        LAN Langmatz
        LAS Lansen Systems
        LCG Landis Gyr Meter System Zhuhai
        LCR ShanDong LiChuang Science and Technology
        LDE Shenzhen Londian Electrics
        LDT Hangzhou Laydin Technology
        LEC Lectrotek Systems
        LEI PCP International
        LEM LEM HEME
        LES Lakshmi Electrical Control Systems
        LET LAN ENGINEERING TECHNOLOGIES
        LFS Payolcer Metering Devices
        LFX LoggerFlex Smart Devices
        LGA Landis Gyr
        LGB Landis Gyr
        LGC Landis Gyr Equipamentos de Medicaoa Brasil
        LGD Landis Gyr
        LGE Landis Gyr
        LGF Landis Gyr
        LGG Ningxia LGG Instrument
        LGI Landis Gyr
        LGS Landis Gyr
        LGU LG Uplus
        LGZ Landis Gyr
        LHA Atlantic Meters
        LIN Ever Meter
        LIT Punos Electronic
        LJP Lars Jansen Productions
        LLM LianYunGang LianLi First Meter
        LMC Lumacol
        LMG Luftmeister
        LML LUMEL
        LMP LIN MAN POWER TECHNOLOGY
        LMS LMS Services
        LNC Lancier Monitoring
        LNK Loenk F
        LNT Schneider Electric
        LOB Lobaro
        LOG LOGAREX Smart Metering
        LOV Lovato Electric
        LQT Lianqiao Technology
        LRS AMCJ
        LSC Lund Science
        LSE Landis Staefa electronic
        LSK LS Industrial Systems
        LSP Landis Gyr
        LSZ Siemens Building Technologies
        LTO Labtrino
        LUG Landis Gyr
        LUN LUNA Elektrik Elektronik
        LUP LUPUS Electronics
        LWT Lotus Wireless Technologies
        LYE Jiangsu Linyang Electronics
        LZG Lackmann Zaehler Gesellschaft mbH
        MAC RUDNAP Group Meter Control
        MAD Maddalena
        MAE Mates Elektronik Metin Ates
        MAG MAGNATECH Smart Grid Solutions
        MAH MAHAM ELECTRONIC SAMA SANAT
        MAN Manthey
        MAS Master Meter Teknoloji
        MAT Mitsubishi Electric Automation
        MAX MAXMET
        MBH MBH POWER
        MBS MBS
        MCI METERING AND COMMUNICATIONS SOLUTIONS
        MCP MPSE
        MCR MICRORISC
        MCS MetCom Solutions
        MCV SOCIETE MAROCAINE DES COMPTEURS SMCV
        MCX MCX PRO Kft
        MDA PT MELCOINDA
        MDE Diehl Metering
        MDL Maddalena
        MDT Minnotra Energy
        MDX mdex
        MEC Mitsubishi Electric Corporation
        MED MAHARASHTRA STATE ELECTRICITY DISTRIBUTION COMPANY
        MEE Metron Europe
        MEH Mueller electronic
        MEI Sensus Metering Systems
        MEL Mikroelektronika a d
        MEM MEMS
        MES Electrometer U
        MET METRA Energie Messtechnik
        MEX Metrix Italia
        MHT Mechatronic Meters
        MIC Microtronics Engineering
        MID MiDo
        MII Apator Miitors ApS
        MIJ MAXWELL
        MIK Mikroklima
        MIL Milur Smart System liability company
        MIM n Intelligence Meters Sdn Bhd
        MIO Metiundo
        MIR MIR Research and Production Association
        MIS Iskra MIS
        MIT Sagemcom Energy Telecom
        MIV MIVO Technology
        MKA mirakonta
        MKE MKEK Genel Mudurlugu Gazi Fisek ELSA
        MKL MAKEL Elektrik Malzemeleri
        MKS MAK SAY Elektrik Elektronik
        MLQ MeterLinq
        MLR PKK Milandr
        MMC Modern Meters
        MMF MEMF Electrical Industries
        MMI MyMeterInfo
        MMM MATRICA
        MMP MATRIXMETERS
        MMS Brunswick Bowling and Billiards UK
        MMT METMOTEC
        MNS MANAS Elektronik
        MNW MENOWATT GE
        MOJ Mojec International
        MOS MOMAS SYSTEMS
        MOT The Motwane Manufacturing Company
        MPA Mega Power Automation International
        MPL Metrona Polska Pomiary i Rozliczenia
        MPR Michael Rac
        MPS Multiprocessor Systems
        MRN LLC RPC MEtRON
        MRT MIRTEK
        MSB MISA SDN BHD
        MSC TECHSTUDIO Arge ve TasarAE m Sanayi AA TAE
        MSE Mahashakti Energy
        MSI MIC ELECTRONICS
        MSM MS M
        MSO Metiso
        MST Microsoft Corporation
        MSY MAK SAY Elektrik Elektronik Malzemeleri
        MTC Metering Technology Corporation
        MTD Removed November
        MTE The ian German for Water Meter Manufacturing Metrotec
        MTG Nanjing Meter Technology
        MTH njmeter
        MTI Microtech Industries
        MTL Advance Metering technology
        MTM Metrum
        MTN Merytronic
        MTP Modern Transformers
        MTR METER
        MTS MeteRSit
        MTT PT Metalindo Teratai Putra
        MTX Matrix Energy
        MUK Meters UK Whitegate White Lund Trading Estate
        MWI Magic Wand Intelligent Systems
        MWU METRONA Union
        MXE Hangzhou MingX technology
        MXM Maxim Integrated Circuit Design
        MYS MODEMSYS
        NAE Nanjing NengRui Automation Equipment
        NAG Networked Energy Services
        NAR NARI Group Corporation NARI Technology Development
        NAS NAS Instruments OU
        NAT Natural Heat Ahorro Energetico
        NCK NC Korea
        NDF NUCLEO DURO FELGUERA
        NDM Northern Design
        NEE Northern Electric Equipment Joint Stock Company
        NEI NEWLECTRIC INNOVATION
        NEO NeoVac
        NER Nero Electronics
        NES NORA ELK MALZ SAN ve TAE C A AA
        NET Netatmo
        NEX Nexelec
        NGP Ngenic
        NIK NIK ELEKTRONIKA
        NIS Nisko Industries
        NJC NAMJUN
        NKS N ERGIE Kundenservice
        NLI Next Level Integration
        NME SI ART
        NMG NMG
        NMS Nisko Advanced Metering Solutions
        NMT Nova met
        NNT 2N Telekomunikace
        NOI NOITAC sp k
        NOQ NorthQ
        NOV NovaTech
        NPL CSIR National Physical Laboratory
        NPS NEOPIS
        NPT CJSC PROGTECH
        NRM Norm Elektronik
        NRN Neuron
        NRT Zavod Nartis
        NSE North Smart Equipment
        NSN NARI TECH Sanneng Instrument Nanjing
        NSP M S N S Power
        NTC Nuri Telecom
        NTM Netinium
        NTT NTT DATA Italia
        NUD Nudron IoT Solutions LLP
        NVD METER
        NVN NOVEN ENERGY AND ICT
        NWG NINGBO WASSER GERAETE
        NWM Ningbo Water Meter
        NXG nexgen consultancy
        NXP NXP Semiconductors
        NYG Ningbo Yonggang Instrument
        NYN Nanjing Yuneng Instrument
        NZR Nordwestdeutsche Zaehlerrevision Ing Aug Knemeyer
        OAS Omni Agate Systems
        OBC shandong oubiao information Technology
        OBE Obeo
        OBR RMZ OBRIY
        ODI OAS Digital Infrastructures
        ODK Okinawa Denki Kogyo
        OEE ONUR Elektrik ve Elektronik
        OJA ELECTRICAL CIRCUIT BREAKER FACTORY FOR INDUSTRY ECB
        OKN be storaged
        OLI Olivetti
        OMG Open Metering System Group OMS Group e V
        OMS OMNISYSTEM
        ONE Omnicore Stratejik Teknolojiler Sti
        ONR ONUR Elektroteknik
        ONS ONUR Elektroteknik
        OPT Optec
        ORB ORBIS Tecnologia Electrica
        ORM Ormazabal
        ORN Orion System LLP
        OSA Osaki Electric Europe
        OSB Ocea Smart Building
        OSC Oriental Sales Corporation
        OSK Osaki Electric
        OSV Onstar Venture
        OTM OTMetric
        OTS Shenzhen Oasis Technology Service
        OYK GULLWING TIANJIN INDUSTRY DEVELOPMENGT
        OZK Oz kar Enerji
        PAD PadMess
        PAF FAP PAFAL
        PAI PAIBOONKIJTHANA
        PAK Paktim Energy Sp zo o
        PAN Panasonic Corporation
        PBR PFIFFNER do Brasil
        PCE Precise Electronics
        PCI POLYCAB
        PCR Powercom
        PDE Pfiffner Deutschland
        PDX Paradox Engineering
        PEA PEA J V Company
        PEE Prantech Energy Solutions
        PEL Pak Elektron PEL
        PEM peerMetering
        PEP POWRTEC ENERGY
        PER Perry Electric
        PFI PFIFFNER Instrument Transformers
        PGE PayGo Energy
        PGP P G P Smart Sensing
        PHL HangZhou PAX Electronic Technology
        PHX Phoenix Systems
        PII PiiGAB Processinformation i Goteborg
        PIK pikkerton
        PIL Pilot Systems London
        PIM Power Innovation
        PIN PFIFFNER Instr Transformers
        PIP Hermann Pipersberg jr
        PIV Pivot Access
        PLL POLL
        PLN Prolan Process Control Company
        PLO Weihai Ploumeter
        PLU Plutus Smart Energy Solutions
        PME Pal Mohan Electronics
        PMG Sensus Metering Systems
        PML PROGRESSIVE METERS
        PMP REDUR
        PMS PMS Elektronik
        PMX Dell Anna Ing Luca
        PNC PNC Technology
        PNG PAKTIM METERING
        POD PowerOneData
        POL Pronal sp k
        POW PowerApp
        POZ ZEUP Pozyton
        PPC Power Plus Communications
        PPL Prompribor plant
        PPS Palace Power Systems
        PQP PQ Plus
        PRA Paya Ravesh Aria
        PRE Predicate Software
        PRG Paud Raad Industrial Group
        PRI Polymeters Response International
        PRM Promatic
        PRO Proton Elektromed
        PRY ShanDong LiChuang Science and Technology
        PSC PS Tec, Korea
        PSE pSenso
        PSN PySENSE
        PSS Part Sanat Sanjesh
        PST PS Tec
        PSY PIKK Systems
        PTA PT Alinco
        PTI Prolific Technology
        PTR Pfiffner TransformatA r
        PUK Paktim Consulting UK
        PUL NPP Teplovodokhran
        PVT Pavo TasarAE m A retim Elektronik Tic A AA
        PWB Paul Wegener
        PWR Powrtec
        PXC Phoenix Contact
        PYU PYUNGIL
        PYX Pyrexx
        QDR Quadrar Tecnologia
        QDS Qundis
        QFP QFP Engineering
        QLE Quickline Energy
        QSD Quicksand
        QTS QT systems
        RAC Michael Rac
        RAD Radiocrafts
        RAM Rossweiner Armaturen und Messgeraete OHG
        RAS Rubikon Apskaitos Sistemos
        RAY Rayleigh Instruments
        RBM R B M
        RCE RC ENERGY METERING
        RDK Wuhan Radarking Electronics
        RDM RDMx Consulting
        REC Zhejiang Reallin Electron
        REF REFERANS ELEKTRIK SAYACLARI
        REI RENESAS ELECTRONICS
        REL Relay
        REM Remote Energy Monitoring
        REP Radiant Energy Solutions
        RES Renesas Electronics
        RHN Rhino
        RIC Richa Equipments
        RIL Rikken Instrumentation
        RIM CJSC Radio and Microelectronics
        RIN Rayleigh Instruments
        RIT Ritz Instrument Transformers
        RIX Raonix
        RIZ RIZ Transmitters
        RKD Ramakrishna Electro Components
        RKE Viterra Energy Services formerly Raab Karcher ES
        RMA Mess und Regeltechnik
        RMG RMG Messtechnik
        RMI Racemosa Energy
        RML ROLEX METERS RPIVATE
        RMR Advanced Technology RAMAR
        RMT Richter Messtechnik
        RNW Renergy Micro Technologies
        ROK ROKIP Liability Company
        RSA Rahrovan Sepehr Andisheh
        RSM Zhejiang Risesun Science and Technology
        RSW RSW Technik
        SAA Sanjesh Afzar Asia
        SAC SACOFGAS
        SAE SAE IT systems
        SAG Sagemcom Energy Telecom
        SAL Salzer Electronics
        SAM Siemens OEsterreich AMIS Automated Metering and Information System
        SAN SANN Stockholm
        SAP Diehl Metering
        SAT SATEC
        SBC Saia Burgess Controls
        SCA SENECA
        SCE Seo Chang Electric Communication
        SCH Schinzel
        SCL Steama Company
        SCM CalinMeter
        SCR Sanchuan Wisdom Technology
        SCT S I C E Telecomunicazioni
        SCW ScatterWeb
        SDC SdC Sistemas de Contagem
        SDM Shandong Delu Measurement
        SDS Sitec Elettronica industriale
        SEC Schneider Electric
        SED SenseMi DMCC
        SEE El Sewedy Electrometer
        SEG SenseMi DMCC
        SEH SAMRAKSHANA ELECTRICALS
        SEI Sicom Electronics International
        SEK StroyEnergoKom
        SEL Selec Controls
        SEM Smart Meter Company
        SEN Sensus Metering Systems
        SEO SENSOCO Greatech
        SES SenseMi DMCC
        SET Sagemcom Energy Telecom
        SEW SenseMi DMCC
        SFE WUHAN SANFRAN ELECTRONICS
        SFI Siemens DI PA MI
        SFR WUHAN SANFRAN ELECTRONICS
        SFT Sotflink
        SGA smartGAS Mikrosensorik
        SGI Smartgrid Innovations
        SGM Swiss Gas Metering
        SGN SYGNITY
        SGT SAGATECA
        SGX Gao Xiang Water Meter
        SHD Beijing SanHuaDeBao Energy Technoligy
        SHE Shenzhen SingHang Elec tech
        SHM Shanghai Metering
        SHT Shitek Technology
        SIC SICK Engineering
        SIE Siemens
        SIG Sigrenea
        SIJ SUN STAR INDUSTRIES
        SIL Silicon Laboratories
        SIM Sana Intelligent Meter
        SIN SINAPSI
        SIS Sevme Informatique Service
        SIT SITEL
        SIV Sieverding Heizungs und Sanitaertechnik
        SIX Six Innovation
        SJA Sheng Jay Automation Technologies
        SKI S K I
        SKK Shikoku Instrumentation
        SKN BENTEX CONTROL AND SWITCH GEAR
        SKQ SKI sherkate kontorsazi
        SKT SkyToll
        SKY SKYLARK SMARTMETERS
        SLB Schlumberger Industries
        SLG Silergy Technologies
        SLP Sylop spolka z ograniczona odpowiedzialnoscia sp k
        SLV Solvimus
        SLW SOLID WAY SAS
        SLX Ymatron
        SMA Smart me
        SMC Sierra Monitor Corporation
        SME Siame
        SMF Star Measure
        SMG Samgas
        SMI PT SMART METER
        SML Siemens Measurements
        SMM Smart Metering
        SMN Saiman Corporation
        SMP LLC FIRM SEMPAL
        SMQ SMARTMETERQ
        SMR Saudi Meters Company
        SMS Smart Metering Solutions Changsha
        SMT Smarteh
        SMV Societe Marocaine des Compteurs
        SMX Smart Meters Technologies Sdn Bhd
        SNB Stromnetz Berlin
        SNM ShenZhen Northmeter
        SNR NTN SNR
        SNS Signals and Systems
        SNT SensorNet
        SOC SOCOMEC
        SOF Softflow de
        SOG Sogecam Industrial
        SOL Soledia
        SOM Somesca
        SON Sontex
        SOS SOFTSERVICE
        SOT Sotronix
        SPC JSC RPC Spektr
        SPE SUKHILA POWER ELECTRONICS
        SPL Diehl Metering
        SPM Stelmec Powercom
        SPX Sensus Metering Systems
        SPZ SPowerZ Solutions
        SRE Guangzhou Sunrise Electronics Development
        SRF Saraf Industries
        SRI M K SRINIVASAN SYSTEMS
        SRN Shandong SARON Intelligent Technology
        SRV Servic
        SSE S T Smart Energy
        SSG Super Star Electronics
        SSI Security Solutions Institute
        SSL Synapsys Solutions
        SSM SCC METERS
        SSN Silver Spring Networks
        SSS SUEZ SMART SOLUTIONS
        SST Qingdao Haina Electric Automation Systems
        STA Shenzhen Star Instrument
        STC Sunrise Technology
        STD Stedin
        STE Satera Elektrik Elektronik San ve Tic
        STF STACKFORCE
        STH Santech
        STL Saudi Technical Group
        STM STELMEC
        STN Hunan Stron Smart
        STO ABB STOTZ KONTAKT
        STP Spectrum Tool Engineers
        STR Strike Technologies
        STS Swistec Systems
        STV STV Automation Branch of STV Electronic
        STW Siterwell Electronics
        STZ Steinbeis Innovation Center Embedded Design and Networking
        SUL SINHAL UDYOG
        SUM Sumeru Verrdhe Technologies
        SUN TIAN JIN SUN ENERGY TECHNOLOGY
        SUP SUPERMAX COMPONENTS
        SUX Supermax Components
        SVM AB Svensk Vaermemaetning SVM
        SVT SPUTNIK
        SWI Swistec
        SWM Smart Water Metering
        SWS Stadtwerke Senftenberg
        SWT Beijing Swirling Technology
        SYC Sycous Leeds Innovation Centre
        SYD Sydler Electronics
        SYN SMSISTEM
        SYR SAYRON GLOBAL ENERJAE A AA
        SYS Softwareentwicklung Systemdesign
        SYX SyxthSense
        SZS Szerver Szektor Kft
        TAG Telma
        TAL TALAMONA
        TAN Tianxin instrument group
        TAS Pouyeshgaran Tabriz Azma
        TAT Tatung
        TAU TARGUS TECHNOLOGIES
        TAY Taytech Otomasyon ve Bilisim Teknolojileri Sti
        TAZ PoyeshGaran Sahandzaran Tabrizazma
        TBN TBEA Nanjing Intelligent Electric
        TBS TEBAAA END ISI SAE S AE NAA TUR SAN VE TAE C AA TAE
        TCE Qingdao iTechene Technologies
        TCH Techem
        TCM TCOM
        TCO Teco
        TCP Telecard Prilad
        TCT Tecnotel
        TCX Qingdao Topscomm Communication
        TCZ Tianjin Chuangzhan Tongcheng Technology Development
        TDC Telecom Design
        TEA TEAM R
        TEC TECSON Digital
        TEH IOTech
        TEI Tohoku Electric Meter Industry
        TEK Tekmar Regelsysteme
        TEL TURBO ENERGY
        TEN TekhnoEnergo
        TEO ubitricity Gesellschaft fur verteilte Energiesysteme mbH
        TEP TEPEECAL
        TER Tavrida Electric Russia
        TEU TOSHELECTROAPPARAT FE
        TFC Toos Fuse
        TFG TERMICS Divisione FIMIGAS
        TGX Tiesse
        THE Theben
        THS JOZI 20
        THW TW TEAMWARE
        TIC TOKYO KEISO
        TID TIDE
        TIG ZHONGHUAN TIG
        TII Pal Mohan Electronics
        TIL Thermal Integration
        TIP TIP
        TIS Texas Instruments
        TIX Tixi Com
        TKN TECHKNAVE
        TKS Teksan Teknolojik OElcum Sistemleri
        TLC TELECON GALICIA
        TLM Theodor Lange Messgeraete
        TLR Telereading
        TLS TLS Energimaetning
        TLT Telecommunication Technologies
        TLY LLC SPE Telemetry
        TME TECHNO METERS ELECTRONICS
        TMK Timi Kosova Sh p k
        TMS TEMASS IMALAT
        TMZ TMZ Thuringer Mess und Zaehlerwesen Service
        TNT Deltamess DWWF
        TOE Top For Electrical Industries
        TOP KMB systems
        TPB 2 Plus AD
        TPC Taipit measuring equipment
        TPG Texnopark
        TPI Transfopower Industries
        TPJ TAKAHATA PRECISION
        TPL Teplocom Holding
        TPZ PLC Technology
        TRC Traco Doo
        TRG Trench
        TRI Tritech Technology
        TRJ SHENZHEN TECHRISE ELECTRONICS
        TRL Trilliant
        TRN TERRANOVA
        TRO TROX
        TRU Truteq Wireless
        TRV Transvaro Elektron Aletleri
        TRW Triowatt
        TRX Beijing TianRuiXiang Equipment
        TRZ TR Group
        TSD Theobroma Systems Design und Consulting
        TSE Nichi Manufacturing
        TSG Testo Sensor
        TSM Tatung Smart Meter
        TSW T7 WENMAX SDN BHD
        TTG Tatung
        TTM Toshiba Toko Meter Systems
        TTN Tatung
        TTR Tetraedre
        TTT Telephone and Telegraph Technique
        TUR TURKSAY ELEKTRONIK ELEKTRIK ENDUSTRISI
        TWO 2Flow
        TXL CETC46 TianJin New Top Electronics Technology
        UAG Uher
        UBI Ubitronix system solutions
        UBY ubitricity Gesellschaft fur verteilte Energiesysteme mbH
        UEI United Electrical Industries
        UEL united electrical industries
        UGI United Gas Industries
        UGT DP UKRGAZTECH Ukrainian gas technologies
        UHM Micronics
        UNI Univations
        UNM UniMetric
        UPS UMA POLY SOLUTIONS
        URM Urmet Telecomunicazioni
        USC Usanca Soluciones
        UTF UtiliFlex
        UTI Utilia
        UTL United Telecoms
        UTS UNIQUE TECHNOSOLUTIONS
        UTT UtiliTools
        UZM YANGI ASR INOVATSIYA
        VAI Shete Advanced Technologies
        VAL Valkoder
        VAR VARAAHI ELECTROMECH
        VDP Plant Vodopribor management company
        VEC Energo Control
        VEL VELANKANI ELECTRONICS
        VEN INVENDIS TECHNOLOGIES
        VER VERAUT
        VES Viterra Energy Services
        VEX Vertex Electronics
        VFS Semas
        VGO Vango Technologies
        VIE Vientech
        VIK VI KO ELEKTRIK
        VIM VAE EN ENERJAE SAE STEMLERAE SANAYAE VE TAE CARET LAE MAE TED AA AE RKETAE
        VIN Vektor innovations
        VIP VIPA CZ
        VIT Vitir
        VLT ABB EPMV Division
        VMP VAMP
        VNE Vision Networks
        VPI Van Putten Instruments
        VPL Verticross
        VSE Valenciana Smart Energy of Mediterranean Sea
        VSN Viewshine
        VTC Vitelec
        VTG vemm tec Messtechnik
        VTK Linkwell Telesystems
        VTN VITEX NOVA
        VTZ VitzroSys
        VVV VIVAVIS
        WAD Waher Data
        WAH WAHESOFT
        WAI Chongqing WECAN Precision Instruments
        WAL Wallaby Metering Systems
        WDN Webdyn
        WEB Webolution
        WEG WEG Equipamentos Eletricos Automacao
        WEH E Wehrle
        WEL WELLTECH automation
        WEP Weptech elektronik
        WFT Waft Embedded Circuit Solutions
        WGN Wasser Geraete
        WGP GreenPoint
        WHU Wasion Kft
        WIG Wigersma Sikkema
        WIK WIKON Kommunikationstechnik
        WIN Windmill Innovations
        WKL Shenyang jia DE lian yi energy technology
        WKX JINING WUKEXING METER
        WMI Weidmueller
        WMO Westermo Teleindustri
        WNC wireless netcontrol
        WNW Wistron NeWeb Corporation Marketing Center
        WOW Sciknow Techno Solutions
        WPZ Weepiez SaS
        WRE Waaree Smart Meters
        WSD Yantai Wisdom Electric
        WSE Wasion Group
        WSG ZHEJIANG WELLSUN INTELLIGENT TECHNOLOGY
        WSM winAMR Systems
        WSR WESER
        WTI Weihai Sunts Electric Meter
        WTL Wipro Technologies
        WTM Watertech
        WTT Watertech
        WUR Wurm Elektronische Systeme
        WZG Neumann Wasserzaehler Glaubitz
        WZT Wizit
        XAO Info Solution
        XEE XEE Technology
        XEM XEMTEC
        XIO XIOTA
        XJM XJ Metering
        XLG X LOGIC
        XMA XMASTER
        XMX Xemex
        XPP XYROSYS
        XTM Suntront Tech
        XTR HENAN SUNTRONT TECH
        XTY LianYuanGang Tengyue Electronics Technology
        XYL Sensus Ludwigshafen
        XYM Ningbo Xingyuan Meter Technology
        YAW Yawgi Smart Technology
        YDD Jilin Yongda Group
        YDS YIDU Smart Technology Beijing
        YEM KYENM TECH
        YFC Yufeng Changhui Automation Instrument
        YGM YGM Shandong Yiguang heat metering technology
        YHE Youho Electric
        YHF Hebei Haifeng Electronic Technology
        YJZ Zhuhai Yujian Science Technology
        YNE YOONO ENERGY TECHNOLOGY JIANGSU
        YNP Ningbo Yong Neng Power Technology
        YPP YPP
        YPW PT POWINT ELECTRIC
        YSS Yellowstone Soft
        YTE Yuksek Teknoloji
        YTL ZheJiang yongtailong electronic
        YYW Shandong youyuan instrument
        YZR Cangzhou City Hebei Electronic Technology
        ZAG Zellweger Uster
        ZAP Zaptronix
        ZAR SNC ZARALAB
        ZCH Zhejiang Chaorong Electric Technology
        ZCU Suzhou Dojustek Intelligent Technology
        ZEL Dr techn Josef Zelisko
        ZEN ZenMeter Solutions
        ZEX ZEXON ENERGY
        ZFY Hang Zhou Fu Yang Instrument General Factory
        ZGX ZIGNUX TECHNOLOGY
        ZIP St Petersburg Meters Factory
        ZIV ZIV Aplicaciones y Tecnologia
        ZJY Zhejiang Jiayou Thermal Technology Equipment
        ZLW Ningbo ZLINK Technology
        ZOT Zhejiang Ocaenergy Technology
        ZPA ZPA Smart Energy
        ZQB Zhejiang Qibin Technology
        ZRI ZENNER International
        ZRM ZENNER International
        ZTE ZTE Corporation ZTE Plaza
        ZTX ZHEJIANG TANCY INSTRUMENT TECHNOLOGY eTD
        ZTY ZHEJIANG CHINT INSTRUMENT METER
        ZVC SigmaHeat
        ZXT Zhejiang Xinghao Technology
        ZXY Linyi City Xiaoyuan Water Meter
        ZYB WEIHAI ZHENYU INTELL TECH
        ZYS Wuxi Zhongyi Smart Technology
        ZZZ Michael Rac
        """
}

#pragma once
#include <mosquitto.h>
#include <mqtt_protocol.h>
// For `SSL_get_verify_result`: why the library does not trust a broker.
#include <openssl/ssl.h>

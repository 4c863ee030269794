import Decoder
import Wire

/// Writes the decoder's account of a telegram as JSON, for programs.
public enum ExplanationJSON {
    /// Appends `{"layers":[{"layer":…,"items":[…],"asides":[…]}, …],"stop":null or {…}}`.
    ///
    /// An item is a field `{"name","offset","octets","meaning"}`, `{"replaced","received","after"}`,
    /// `{"finding"}`, or `{"not_read","offset"}`; octets are hex text.
    public static func append(_ explanation: Explanation, to json: inout JSONWriter) {
        json.beginObject()
        json.key("layers")
        json.beginArray()
        for layer in explanation.layers {
            json.beginObject()
            json.key("layer")
            json.string(layer.name)
            json.key("items")
            json.beginArray()
            for item in layer.items { append(item, to: &json) }
            json.endArray()
            json.key("asides")
            json.beginArray()
            for aside in layer.asides { append(aside, to: &json) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.key("stop")
        append(explanation.stop, to: &json)
        json.endObject()
    }

    private static func append(_ stop: Explanation.Stop?, to json: inout JSONWriter) {
        guard let stop else { return json.null() }
        json.beginObject()
        append(offset: stop.offset, to: &json)
        json.key("reason")
        json.string(stop.reason)
        json.endObject()
    }

    private static func append(_ item: Explanation.Item, to json: inout JSONWriter) {
        if case .field(let field) = item { return append(field, to: &json) }
        json.beginObject()
        switch item {
        case .field: break
        case .replaced(let how, let before, let after):
            json.key("replaced")
            json.string(how)
            json.key("received")
            json.hex(before.span)
            json.key("after")
            json.hex(after.span)
        case .finding(let text):
            json.key("finding")
            json.string(text)
        case .notRead(let offset, let octets):
            json.key("not_read")
            json.hex(octets.span)
            append(offset: offset, to: &json)
        }
        json.endObject()
    }

    private static func append(_ field: Explanation.Field, to json: inout JSONWriter) {
        json.beginObject()
        json.key("name")
        json.string(field.name)
        append(offset: field.offset, to: &json)
        json.key("octets")
        json.hex(field.octets.span)
        json.key("meaning")
        json.string(field.meaning)
        json.endObject()
    }

    private static func append(offset: Int?, to json: inout JSONWriter) {
        json.key("offset")
        if let offset { json.integer(Int64(offset)) } else { json.null() }
    }
}

//! QEMU's pretty form of JSON text: a line for each member and item, indented by 4 spaces.

const INDENT: &[u8] = b"    ";

/// Appends compact JSON values in pretty form. Bytes around objects and arrays are kept, such as the ends of messages.
///
/// As in QEMU, all lines end in CRLF, and an empty object or array takes two lines.
pub(crate) fn pretty(compact: &[u8], out: &mut Vec<u8>) {
    let mut depth: usize = 0;
    let mut rest = compact;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' | b'[' => {
                depth += 1;
                out.push(byte);
                if !matches!(rest.first(), Some(b'}' | b']')) {
                    break_line(depth, out);
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                break_line(depth, out);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                break_line(depth, out);
                rest = rest.strip_prefix(b" ").unwrap_or(rest);
            }
            b'"' => {
                let (string, after) = rest.split_at(string_len(rest));
                out.push(byte);
                out.extend_from_slice(string);
                rest = after;
            }
            other => out.push(other),
        }
    }
}

fn break_line(depth: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\r\n");
    (0..depth).for_each(|_| out.extend_from_slice(INDENT));
}

/// Returns the length of a string's text after its opening quote, including the closing one.
fn string_len(text: &[u8]) -> usize {
    let mut escaped = false;
    let end = text.iter().position(|&byte| {
        let is_end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        is_end
    });
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pretty texts were written by QEMU 7.2.
    #[test]
    fn lines_break_like_qemus() {
        for (compact, expected) in [
            (r#"{"return": {}}"#, "{\n    \"return\": {\n    }\n}\n"),
            (r#"{"return": []}"#, "{\n    \"return\": [\n    ]\n}\n"),
            (
                r#"{"return": {}, "id": {"e": true, "d\u20AC": 1.5, "c": [1, [2, "x, y: z"], {"r": [{}], "q": null}]}}"#,
                "{\n    \"return\": {\n    },\n    \"id\": {\n        \"e\": true,\n        \"d\\u20AC\": 1.5,\n        \
                 \"c\": [\n            1,\n            [\n                2,\n                \"x, y: z\"\n            \
                 ],\n            {\n                \"r\": [\n                    {\n                    }\n                \
                 ],\n                \"q\": null\n            }\n        ]\n    }\n}\n",
            ),
            (r#"{"return": {}, "id": "a\"\\{[,"}"#, "{\n    \"return\": {\n    },\n    \"id\": \"a\\\"\\\\{[,\"\n}\n"),
        ] {
            let mut out = Vec::new();
            pretty(format!("{compact}\r\n{compact}\r\n").as_bytes(), &mut out);
            let expected = expected.replace('\n', "\r\n").repeat(2);
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
    }

    /// Sends `query-qmp-schema` to a monitor, and returns the greeting and all replies.
    fn schema(socket: &std::path::Path) -> Vec<u8> {
        use std::io::{Read, Write};
        let mut monitor = std::os::unix::net::UnixStream::connect(socket).expect("QEMU listens");
        let requests = br#"{"execute": "qmp_capabilities"}{"execute": "query-qmp-schema", "id": "a, {b}"}"#;
        monitor.write_all(requests).expect("QEMU reads");
        let mut received = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        // The id comes last. QEMU drops what it has not sent when a client closes its sending side, so this does not.
        let is_complete = |text: &[u8]| {
            let end = String::from_utf8_lossy(&text[text.len().saturating_sub(40)..]);
            end.contains("a, {b}") && end.ends_with("}\r\n")
        };
        while !is_complete(&received) {
            let count = monitor.read(&mut buffer).expect("QEMU answers");
            assert!(count > 0, "QEMU has closed the connection");
            received.extend_from_slice(&buffer[..count]);
        }
        received
    }

    #[test]
    fn a_real_monitor_writes_the_same() {
        use test_support::{Generation, Server};
        let options = "-M none -nodefaults -nographic -qmp-pretty unix:@/pretty,server=on,wait=off";
        for generation in Generation::ALL {
            let Some(qemu) = Server::emulator(generation, options) else { continue };
            let mut ours = Vec::new();
            pretty(&schema(&qemu.socket()), &mut ours);
            let real = schema(&qemu.folder().join("pretty"));
            assert!(real.len() > 100_000, "{} bytes", real.len());
            let differs = ours.iter().zip(&real).position(|(ours, real)| ours != real);
            assert!(ours == real, "{generation:?}: {} and {} bytes, differ at {differs:?}", ours.len(), real.len());
        }
    }
}

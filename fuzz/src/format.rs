use qmp_schema::format as once;

/// Formats any text as a schema file, or rejects it.
///
/// Formatting the result changes nothing.
pub fn format(text: &str) {
    match once("schema.json", text) {
        Ok(formatted) => {
            let again = once("schema.json", &formatted).unwrap_or_else(|report| panic!("{report}\n{formatted}"));
            assert_eq!(again, formatted);
        }
        Err(report) => assert!(report.has_errors()),
    }
}

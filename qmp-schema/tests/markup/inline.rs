//! Markup within a line of documentation.

use qmp_schema::markup::{Markup, markup};

#[test]
fn an_address_needs_something_behind_its_scheme() {
    for text in ["http://", "https://", "https://, then", "http://...", "http:// example.org"] {
        assert_eq!(markup(text, ' '), None, "{text}");
    }
    for (text, address) in [("http://a.", "http://a"), ("https://[::1]:80/x, y", "https://[::1]:80/x")] {
        assert_eq!(markup(text, ' '), Some((Markup::Address(address), address.len())));
    }
}

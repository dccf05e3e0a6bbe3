//! The frame of every page: title, search, contents.

use super::html::escape;
use super::marker;
use super::outline::{INDEX_PAGE, START_PAGE};

/// A page of the manual.
pub(super) struct Page {
    /// The file that it is written to.
    pub(super) file: String,
    /// The name that a browser's tab shows beside the title of the manual; empty for the start page.
    pub(super) name: String,
    /// The heading, as HTML.
    pub(super) heading: String,
    /// Links to the parts of the page, as HTML.
    pub(super) contents: String,
    /// The main part, as HTML.
    pub(super) main: String,
}

impl Page {
    /// Returns the page as HTML, for the manual of the given title. The ids of the search begin with a colon, because the anchors of
    /// definitions do not.
    pub(super) fn html(&self, manual: &str) -> String {
        let Self { file, name, heading, contents, main } = self;
        let title = if name.is_empty() { manual.to_owned() } else { format!("{name} - {manual}") };
        let (marker, title, manual) = (marker::of_page(file), escape(&title), escape(manual));
        format!(
            "<!doctype html>\n{marker}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n\
             <header>\n<a class=\"home\" href=\"{START_PAGE}\">{manual}</a>\n\
             <div class=\"search\"><input id=\":search\" type=\"search\" placeholder=\"Search\" \
             aria-label=\"Search\" autocomplete=\"off\"><ol id=\":found\" class=\"found\" hidden></ol></div>\n\
             <a href=\"{INDEX_PAGE}\">Index</a>\n</header>\n\
             <details class=\"contents\"><summary>Contents</summary>\n<nav aria-label=\"Contents\">\n{contents}</nav></details>\n\
             <main>\n<h1>{heading}</h1>\n{main}</main>\n\
             <script src=\"index.js\"></script>\n<script src=\"search.js\"></script>\n</body>\n</html>\n"
        )
    }
}

//! The frame of all pages: title, search, contents.

use super::html::escape;
use super::mark;

/// What is special about a page.
pub(super) struct Page<'a> {
    /// The file it is written to.
    pub(super) file: &'a str,
    /// What a browser's tab shows.
    pub(super) title: &'a str,
    /// What it is called, as HTML.
    pub(super) heading: &'a str,
    /// Links to what is on it, as HTML.
    pub(super) contents: &'a str,
    /// What it shows, as HTML.
    pub(super) main: &'a str,
}

impl Page<'_> {
    /// The page, in the manual of the given title.
    pub(super) fn html(&self, manual: &str) -> String {
        let Self { file, title, heading, contents, main } = self;
        let (mark, title, manual) = (mark::of_page(file), escape(title), escape(manual));
        format!(
            "<!doctype html>\n{mark}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n\
             <header>\n<a class=\"home\" href=\"index.html\">{manual}</a>\n\
             <div class=\"search\"><input id=\"search\" type=\"search\" placeholder=\"Search\" \
             aria-label=\"Search\" autocomplete=\"off\"><ol id=\"found\" hidden></ol></div>\n</header>\n\
             <details class=\"contents\"><summary>Contents</summary>\n<nav aria-label=\"Contents\">\n{contents}</nav></details>\n\
             <main>\n<h1>{heading}</h1>\n{main}</main>\n\
             <script src=\"index.js\"></script>\n<script src=\"search.js\"></script>\n</body>\n</html>\n"
        )
    }
}

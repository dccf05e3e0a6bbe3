//! The frame of all pages: title, search, contents.

use super::html::escape;

/// A page. `contents` links to what is on it.
pub(super) fn page(title: &str, manual: &str, contents: &str, main: &str) -> String {
    let (title, manual) = (escape(title), escape(manual));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n\
         <header>\n<a class=\"home\" href=\"index.html\">{manual}</a>\n\
         <div class=\"search\"><input id=\"search\" type=\"search\" placeholder=\"Search (press /)\" \
         aria-label=\"Search\" autocomplete=\"off\"><ol id=\"found\" hidden></ol></div>\n</header>\n\
         <details class=\"contents\"><summary>Contents</summary>\n<nav>{contents}</nav></details>\n\
         <main>\n<h1>{title}</h1>\n{main}</main>\n\
         <script src=\"index.js\"></script>\n<script src=\"search.js\"></script>\n</body>\n</html>\n"
    )
}

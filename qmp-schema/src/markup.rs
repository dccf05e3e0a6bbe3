//! The markup of QAPI's documentation (close to reStructuredText), for whoever turns it into something else: blocks first, then
//! what stands within their text. Nothing is refused: what is not understood is text.

mod block;
mod directive;
mod heading;
mod inline;
mod lines;
mod table;

pub use block::{Block, blocks, literal};
pub use heading::Heading;
pub use inline::{Markup, Piece, pieces};
pub use table::{Cell, Row, Table};

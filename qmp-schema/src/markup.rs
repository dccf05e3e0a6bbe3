//! The markup of QAPI's documentation, which is close to reStructuredText: [`blocks`] cuts text into blocks, [`pieces`] the text of
//! a block into running text and inline markup. There are no errors: markup that is not recognised is text.

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

//! The markup of QAPI's documentation (close to reStructuredText), for whoever turns it into something else: blocks first, then
//! what stands within their text. Nothing is refused: what is not understood is text.

mod block;
mod inline;

pub use block::{Block, blocks, literal};
pub use inline::{Markup, markup};

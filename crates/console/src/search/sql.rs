//! SQL as MLflow reads it: the tree that sqlparse 0.6.1 makes of a filter or of an order.
//!
//! MLflow takes what it can use out of that tree and complains about the rest with its pieces, so the pieces have to be the
//! same. What is left out of sqlparse has no place in a filter: joins, blocks of procedures and the like.

mod group;
mod lexer;
mod node;
mod words;

use group::group;
use lexer::tokens;
pub(super) use node::{SqlNode, SqlNodeKind, Unread};

/// Reads a text that is one statement into its tokens and groups.
pub(super) fn read(text: &str) -> Result<Vec<SqlNode<'_>>, Unread> {
    let mut tokens = tokens(text);
    if !is_one_statement(&tokens) {
        return Err(Unread::Several);
    }
    if tokens.iter().all(|token| token.kind.is_space()) {
        return Err(Unread::Nothing);
    }
    group(&mut tokens, text)?;
    Ok(tokens)
}

/// Whether nothing but blanks follows the first `;` that stands in no bracket.
fn is_one_statement(tokens: &[SqlNode<'_>]) -> bool {
    let mut level = 0_i32;
    let mut is_over = false;
    for token in tokens {
        if is_over && !token.kind.is_space() && token.kind != SqlNodeKind::LineComment {
            return false;
        }
        match token.text {
            "(" if token.kind == SqlNodeKind::Punctuation => level += 1,
            ")" if token.kind == SqlNodeKind::Punctuation => level -= 1,
            ";" if token.kind == SqlNodeKind::Punctuation && level <= 0 => is_over = true,
            _ if token.is_keyword("GO") => is_over = true,
            _ if token.is_keyword("END") => level -= 1,
            _ => {}
        }
    }
    true
}

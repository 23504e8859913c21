//! A QR code as text, so that a phone can open the address a terminal shows.

use qrcodegen::{QrCode, QrCodeEcc};

/// Quiet zone around the code, in modules; the standard asks for four, phones read two.
const MARGIN: i32 = 2;

/// The text is longer than a QR code holds.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLong;

/// Draw `text` as a QR code of half-block characters, dark on light.
///
/// # Errors
/// [`TooLong`] above about 2,900 bytes.
pub fn qr_text(text: &str) -> Result<String, TooLong> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).map_err(|_| TooLong)?;
    let span = -MARGIN..code.size() + MARGIN;
    let rows = span.clone().step_by(2).map(|y| {
        span.clone().map(|x| half_block(code.get_module(x, y), code.get_module(x, y + 1))).collect()
    });
    Ok(rows.collect::<Vec<String>>().join("\n"))
}

/// Terminals are mostly dark: a *light* module is the block that is drawn.
fn half_block(top_dark: bool, bottom_dark: bool) -> char {
    match (top_dark, bottom_dark) {
        (false, false) => '█',
        (false, true) => '▀',
        (true, false) => '▄',
        (true, true) => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finder_pattern_stands_in_the_corner() {
        let drawn = qr_text("http://192.168.1.2:8189/cozygen/").unwrap();
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines[0].chars().count(), lines[1].chars().count());
        assert!(lines[0].chars().all(|c| c == '█'), "the quiet zone is light");
        assert!(lines[1].starts_with("██ ▄▄▄▄▄ "), "{}", lines[1]);
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused() {
        assert_eq!(qr_text(&"x".repeat(5000)), Err(TooLong));
    }
}

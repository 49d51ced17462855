//! Brotli at its highest quality: what a static host sends.

use std::io::Write;

/// `bytes`, compressed with brotli at quality 11.
#[must_use]
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 22);
        // Writing into memory does not fail.
        let _ = writer.write_all(bytes);
        let _ = writer.flush();
    }
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn comes_back_as_it_was() {
        let text = "a stage, a version, a stage, a version; ".repeat(500);
        let packed = brotli(text.as_bytes());
        assert!(packed.len() < 200, "{}", packed.len());
        let mut back = String::new();
        brotli::Decompressor::new(packed.as_slice(), 4096)
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
    }
}

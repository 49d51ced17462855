//! Bytes as letters for addresses, with a checksum: for receipts and for links.

use base64ct::{Base64UrlUnpadded, Encoding};

/// Returns bytes as letters that may stand in an address (base64url, RFC 4648).
pub fn to_base64(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Returns the bytes of a text, or `None` if it is not what [`to_base64`] writes.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

/// Returns whether a text ends in a dot and `sum`, and that is the checksum of what stands before the dot.
pub fn ends_in_checksum(text: &str, sum: &str) -> bool {
    let before = text.strip_suffix(sum).and_then(|it| it.strip_suffix('.'));
    before.is_some_and(|before| checksum(before) == sum)
}

/// CRC-32, as six letters of base64url. It finds damage; it is no protection against anybody.
pub fn checksum(text: &str) -> String {
    let mut sum = u32::MAX;
    for byte in text.bytes() {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            let low = sum & 1;
            sum >>= 1;
            if low == 1 {
                sum ^= 0xEDB8_8320;
            }
        }
    }
    to_base64(&(!sum).to_be_bytes())
}

//! Bytes as letters for addresses, with a checksum: for receipts and for links.

/// The letters of base64url (RFC 4648): all of them may stand in an address.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bytes as letters that may stand in an address.
pub fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for chunk in bytes.chunks(3) {
        let mut bits = 0_u32;
        for at in 0..3 {
            bits = bits << 8 | chunk.get(at).copied().map_or(0, u32::from);
        }
        // A byte less is a letter less.
        for at in 0..=chunk.len() {
            let six = bits >> (18 - 6 * at) & 0x3F;
            out.extend(LETTERS.get(six as usize).copied().map(char::from));
        }
    }
    out
}

/// Returns the bytes of a text, or `None` if it is not what [`to_base64`] writes.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let six = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 6 | u32::try_from(six).ok()?) & 0xFF_FFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xFF) as u8);
        }
    }
    // What is left over has no bits in it, and is not a letter too many.
    (held < 6 && bits & ((1 << held) - 1) == 0).then_some(out)
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

//! Random keys from the operating system.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 256 random bits, as 43 characters that fit into a header and an address.
pub fn key() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// So many groups of four letters and digits that are told apart when they are read out, 20 random bits in each.
pub fn groups(count: usize) -> Result<String, getrandom::Error> {
    // Crockford's base 32, in lower case.
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut groups = Vec::new();
    for _ in 0..count {
        let digits = bytes::<4>()?.map(|byte| char::from(DIGITS[usize::from(byte % 32)]));
        groups.push(String::from_iter(digits));
    }
    Ok(groups.join("-"))
}

/// So many random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

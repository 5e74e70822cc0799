//! Random keys from the operating system.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Returns 256 random bits as 43 characters that are safe in headers and URLs.
pub fn key() -> Result<String, getrandom::Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// Returns `count` groups of four letters and digits that are unambiguous when read out, with 20 random bits
/// each.
pub fn groups(count: usize) -> Result<String, getrandom::Error> {
    // Crockford's Base32, in lower case.
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut groups = Vec::new();
    for _ in 0..count {
        let digits = bytes::<4>()?.map(|byte| char::from(DIGITS[usize::from(byte % 32)]));
        groups.push(String::from_iter(digits));
    }
    Ok(groups.join("-"))
}

/// Returns `N` random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

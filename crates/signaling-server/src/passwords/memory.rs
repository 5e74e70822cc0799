//! The working memory of Argon2: one buffer for each concurrent hash, allocated when first needed and then
//! reused.
//!
//! A buffer has 19 MiB by default. Allocated for each hash, it would come from the malloc arena of the thread,
//! and glibc gives little of an arena back: 190 sign-ins left 868 MB resident.

use std::sync::Mutex;

use argon2::password_hash::{self, Output, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// The memory of one hash. Empty until it is used; grows to what the most expensive hash needs.
#[derive(Debug, Default)]
pub(super) struct Buffer(Vec<Block>);

/// Buffers that no hash uses at the moment; never more than hashes that run at once.
#[derive(Debug, Default)]
pub(super) struct Buffers(Mutex<Vec<Buffer>>);

impl Buffers {
    /// Runs work with a buffer, a used one if there is any. If the work panics, only that buffer is lost.
    pub fn lend<T>(&self, work: impl FnOnce(&mut Buffer) -> T) -> T {
        let free = registry::lock(&self.0).pop();
        let mut buffer = free.unwrap_or_default();
        let done = work(&mut buffer);
        registry::lock(&self.0).push(buffer);
        done
    }
}

impl Buffer {
    /// Hashes a password with Argon2id. Returns the hash in PHC format.
    pub fn hash(
        &mut self,
        password: &str,
        salt: &SaltString,
        params: Params,
    ) -> password_hash::Result<String> {
        let salt = salt.as_salt();
        let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
        let hash = PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: (&params).try_into()?,
            salt: Some(salt),
            hash: Some(self.output(password, salt, &Argon2::new(algorithm, version, params))?),
        };
        Ok(hash.to_string())
    }

    /// Whether a password matches a hash. Algorithm and parameters are those of the hash, so hashes with others
    /// stay valid.
    pub fn matches(&mut self, password: &str, hash: &str) -> bool {
        self.verify(password, hash).unwrap_or(false)
    }

    fn verify(&mut self, password: &str, hash: &str) -> password_hash::Result<bool> {
        let hash = PasswordHash::new(hash)?;
        let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else {
            return Ok(false);
        };
        let version = hash.version.map(Version::try_from).transpose()?;
        let argon2 = Argon2::new(
            Algorithm::try_from(hash.algorithm)?,
            version.unwrap_or_default(),
            Params::try_from(&hash)?,
        );
        // `Output` compares in constant time.
        Ok(self.output(password, salt, &argon2)? == expected)
    }

    fn output(
        &mut self,
        password: &str,
        salt: Salt<'_>,
        argon2: &Argon2<'_>,
    ) -> password_hash::Result<Output> {
        let blocks = argon2.params().block_count();
        if self.0.len() < blocks {
            self.0.resize(blocks, Block::default());
        }
        let memory = self.0.get_mut(..blocks).ok_or(password_hash::Error::Password)?;
        let mut decoded = [0; Salt::MAX_LENGTH];
        let salt = salt.decode_b64(&mut decoded)?;
        let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        Output::init_with(length, |out| {
            Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, memory)?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(memory: u32) -> Params {
        Params::new(memory, 1, 1, None).expect("good parameters")
    }

    fn salt() -> SaltString {
        SaltString::encode_b64(&[7; 16]).expect("a salt")
    }

    #[test]
    fn hash_equals_that_of_the_argon2_crate() {
        use argon2::password_hash::{PasswordHasher, PasswordVerifier};
        let ours = Buffer::default()
            .hash("correct horse", &salt(), params(64))
            .expect("a hash");
        let theirs = Argon2::new(Algorithm::Argon2id, Version::V0x13, params(64))
            .hash_password(b"correct horse", &salt())
            .expect("a hash")
            .to_string();
        assert_eq!(ours, theirs);
        let parsed = PasswordHash::new(&ours).expect("PHC");
        assert!(
            Argon2::default()
                .verify_password(b"correct horse", &parsed)
                .is_ok()
        );
    }

    #[test]
    fn reused_buffer_fits_larger_and_smaller_hashes() {
        let mut buffer = Buffer::default();
        for memory in [64, 256, 32, 256] {
            let hash = buffer
                .hash("correct horse", &salt(), params(memory))
                .expect("a hash");
            assert!(buffer.matches("correct horse", &hash), "{memory}");
            assert!(!buffer.matches("wrong horse", &hash), "{memory}");
        }
        assert_eq!(buffer.0.len(), 256);
    }

    #[test]
    fn invalid_hash_matches_nothing() {
        for text in ["", "correct horse", "$argon2id$v=19$m=8,t=1,p=1", "$scrypt$ln=1"] {
            assert!(!Buffer::default().matches("correct horse", text), "{text}");
        }
    }

    #[test]
    fn buffers_are_reused() {
        let buffers = Buffers::default();
        for _ in 0..3 {
            buffers.lend(|one| {
                one.0.resize(1, Block::default());
                buffers.lend(|two| two.0.resize(2, Block::default()));
            });
        }
        let free = buffers.0.lock().expect("no panic");
        assert_eq!(free.len(), 2);
    }
}

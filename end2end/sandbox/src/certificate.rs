//! The certificate for Stripe's hosts and this machine that the sandbox shows to those who come with TLS. Nobody vouches
//! for it: a browser is told to take it, for the run of a test. The key stays in memory, or in a file that only its
//! owner reads.

use anyhow::{Context, anyhow};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, DnType, KeyPair, PublicKeyData};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Whose name it carries.
const HOSTS: [&str; 6] = [
    "*.stripe.com",
    "*.js.stripe.com",
    "*.stripe.network",
    "localhost",
    "127.0.0.1",
    "::1",
];
/// Apple's systems take none that is valid for longer than 825 days.
const LIFETIME: Duration = Duration::from_secs(800 * 24 * 60 * 60);
/// A clock that is behind finds it valid, too.
const BACKDATED: Duration = Duration::from_secs(24 * 60 * 60);

const CERTIFICATE: &str = "certificate.pem";
const KEY: &str = "key.pem";

/// A certificate with its key. Clones are the same certificate.
#[derive(Clone)]
pub struct Certificate {
    acceptor: TlsAcceptor,
    spki_sha256: String,
}

impl Certificate {
    /// A new one, with a key that only this process knows.
    ///
    /// # Errors
    /// There is no randomness to be had.
    pub fn generate() -> anyhow::Result<Certificate> {
        let (certificate, key) = make()?;
        Certificate::read(&certificate, &key)
    }

    /// The one in `certificate.pem` and `key.pem` of this folder, which may be your own. Without them one is made, and
    /// kept there.
    ///
    /// # Errors
    /// One of the files is missing, is not PEM, or is for another certificate; or they cannot be read or written.
    pub fn kept_in(folder: &Path) -> anyhow::Result<Certificate> {
        let (certificate_path, key_path) = (folder.join(CERTIFICATE), folder.join(KEY));
        let read = |path: &Path| match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        };
        let (certificate, key) = match (read(&certificate_path)?, read(&key_path)?) {
            (Some(certificate), Some(key)) => (certificate, key),
            (None, None) => {
                let (certificate, key) = make()?;
                keep(&certificate_path, &certificate, 0o644)?;
                keep(&key_path, &key, 0o600)?;
                (certificate, key)
            }
            _ => {
                return Err(anyhow!(
                    "{} has one of {CERTIFICATE} and {KEY}, and needs both: remove it to have both made",
                    folder.display()
                ));
            }
        };
        Certificate::read(&certificate, &key).with_context(|| {
            format!(
                "{CERTIFICATE} and {KEY} in {} are no certificate with its key in PEM: remove both to have them made",
                folder.display()
            )
        })
    }

    /// What Chromium's `--ignore-certificate-errors-spki-list` takes it by: the hash of its public key, in base64.
    pub fn spki_sha256(&self) -> &str {
        &self.spki_sha256
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    fn read(certificate: &str, key: &str) -> anyhow::Result<Certificate> {
        let spki = KeyPair::from_pem(key)?.subject_public_key_info();
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificate.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| anyhow!("{error}"))?;
        let key =
            PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|error| anyhow!("{error}"))?;
        let mut config =
            ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()?
                .with_no_client_auth()
                .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Certificate {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            spki_sha256: STANDARD.encode(Sha256::digest(spki)),
        })
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Certificate")
            .field("spki_sha256", &self.spki_sha256)
            .finish_non_exhaustive()
    }
}

/// A certificate and its key, both in PEM.
fn make() -> anyhow::Result<(String, String)> {
    let key = KeyPair::generate().context("making a key")?;
    let mut params = CertificateParams::new(HOSTS.map(str::to_owned))?;
    let name = &mut params.distinguished_name;
    name.push(DnType::CommonName, "stripe-sandbox (a test double)");
    let now = SystemTime::now();
    params.not_before = (now - BACKDATED).into();
    params.not_after = (now + LIFETIME).into();
    let certificate = params.self_signed(&key).context("making a certificate")?;
    Ok((certificate.pem(), key.serialize_pem()))
}

/// Writes a file that was not there, for its owner to read, and others as far as `mode` says.
fn keep(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    let write = || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        #[cfg(not(unix))]
        let _ = mode;
        options.open(path)?.write_all(text.as_bytes())
    };
    write().with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_the_same_again_and_the_key_is_its_owners() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let folder = folder.path().join("tls");
        let first = Certificate::kept_in(&folder)?;
        assert_eq!(
            Certificate::kept_in(&folder)?.spki_sha256(),
            first.spki_sha256()
        );
        assert_ne!(Certificate::generate()?.spki_sha256(), first.spki_sha256());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.join(KEY))?.permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        Ok(())
    }

    #[test]
    fn files_that_do_not_go_together_are_named() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let folder = folder.path();
        let refusal = || Certificate::kept_in(folder).map_err(|error| format!("{error:#}"));
        fs::write(folder.join(CERTIFICATE), make()?.0)?;
        assert!(refusal().is_err_and(|why| why.contains("needs both")));
        fs::write(folder.join(KEY), make()?.1)?;
        assert!(refusal().is_err_and(|why| why.contains("certificate with its key")));
        fs::write(folder.join(KEY), "none")?;
        assert!(refusal().is_err_and(|why| why.contains("certificate with its key")));
        Ok(())
    }
}

//! Certificates and keys.

use std::path::Path;
use std::sync::Arc;
use std::{fmt, fs, io};

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};

/// What one end of a TLS connection shows and demands: its certificate with the key, and the authority that must have
/// signed the other end's certificate.
///
/// Both ends show a certificate. A server refuses clients without one, so that only clients which the authority has
/// signed execute commands. A client requires that the server's certificate is valid for the host that it connects to.
/// TLS 1.3 is spoken.
///
/// ```no_run
/// use qmp_types::ClientOptions;
/// use qmp_types::blocking::Client;
/// use qmp_types::transport::TlsCredentials;
///
/// let credentials = TlsCredentials::from_pem_files("client-cert.pem", "client-key.pem", "ca-cert.pem")?;
/// let vm = Client::connect_with("tls:vm-host.example:16514", &ClientOptions::new().tls(credentials))?;
/// # Ok::<(), qmp_types::Error>(())
/// ```
#[derive(Clone)]
pub struct TlsCredentials {
    pub(super) server: Arc<ServerConfig>,
    pub(super) client: Arc<ClientConfig>,
}

impl TlsCredentials {
    /// Reads the certificate (with those between it and the authority, if any), its private key and the certificates of
    /// the authorities, in PEM.
    ///
    /// # Errors
    /// If one of the texts has no certificate or key, or the key is not that of the certificate.
    pub fn from_pem(certificate: &[u8], key: &[u8], authorities: &[u8]) -> io::Result<Self> {
        let chain = certificates(certificate, "certificate")?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|error| invalid(format!("expected a private key in PEM: {error}")))?;
        let mut roots = RootCertStore::empty();
        for authority in certificates(authorities, "certificate of an authority")? {
            roots.add(authority).map_err(|error| invalid(format!("the certificate of an authority: {error}")))?;
        }
        Self::new(chain, key, Arc::new(roots)).map_err(|error| invalid(format!("the certificates: {error}")))
    }

    /// Reads the files that [`from_pem`](Self::from_pem) takes the contents of.
    ///
    /// # Errors
    /// As for `from_pem`, or if a file cannot be read.
    pub fn from_pem_files(
        certificate: impl AsRef<Path>,
        key: impl AsRef<Path>,
        authorities: impl AsRef<Path>,
    ) -> io::Result<Self> {
        let read = |path: &Path| {
            fs::read(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
        };
        Self::from_pem(&read(certificate.as_ref())?, &read(key.as_ref())?, &read(authorities.as_ref())?)
    }

    fn new(
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
        roots: Arc<RootCertStore>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
        let clients = WebPkiClientVerifier::builder_with_provider(Arc::clone(&roots), Arc::clone(&provider)).build()?;
        let server = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?
            .with_client_cert_verifier(clients)
            .with_single_cert(chain.clone(), key.clone_key())?;
        let servers = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build()?;
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_webpki_verifier(servers)
            .with_client_auth_cert(chain, key)?;
        Ok(Self { server: Arc::new(server), client: Arc::new(client) })
    }
}

/// Reads at least one certificate.
fn certificates(pem: &[u8], what: &str) -> io::Result<Vec<CertificateDer<'static>>> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if found.is_empty() => Err(invalid(format!("expected a {what} in PEM, found none"))),
        Ok(found) => Ok(found),
        Err(error) => Err(invalid(format!("expected a {what} in PEM: {error}"))),
    }
}

fn invalid(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

/// Keys are not shown.
impl fmt::Debug for TlsCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsCredentials").finish_non_exhaustive()
    }
}

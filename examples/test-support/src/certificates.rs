//! Certificates for tests of TLS, made anew in each run.

use std::fs;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};

/// An authority that signs certificates.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

/// A certificate and its key, in PEM.
#[derive(Debug)]
pub struct Certificate {
    /// The certificate.
    pub certificate: String,
    /// Its private key.
    pub key: String,
}

impl Authority {
    /// Creates an authority of this name.
    ///
    /// # Panics
    ///
    /// If no key can be made.
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new([]).expect("parameters");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate").pem();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// The authority's own certificate, in PEM.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// Signs a certificate for hosts, the first of which is the common name.
    ///
    /// # Panics
    ///
    /// If no key can be made.
    pub fn sign(&self, hosts: &[&str]) -> Certificate {
        let names: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("parameters");
        params.distinguished_name.push(DnType::CommonName, hosts[0]);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate").pem();
        Certificate { certificate, key: key.serialize_pem() }
    }

    /// Writes the files of a server on this machine and of a client to a folder, with the names that QEMU gives them.
    ///
    /// # Panics
    ///
    /// If a file cannot be written.
    pub fn write_folder(&self, folder: &Path) {
        let write = |name: &str, text: &str| fs::write(folder.join(format!("{name}.pem")), text).expect("a file");
        write("ca-cert", &self.certificate);
        for (role, hosts) in [("server", &["localhost", "127.0.0.1"][..]), ("client", &["client"])] {
            let Certificate { certificate, key } = self.sign(hosts);
            write(&format!("{role}-cert"), &certificate);
            write(&format!("{role}-key"), &key);
        }
    }
}

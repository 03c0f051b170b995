//! Calls that stand alone: fraud signals, identity, and what shows an issued card.

use crate::calls::{calls, reply};
use crate::options::options;
use crate::payload::{Read, payload};
use crate::readable::Readable;
use crate::stripe::Stripe;

calls! {
    impl Stripe("stripe") {
        /// Takes a snapshot of the browser for Radar, for a payment that your server makes without Elements.
        ///
        /// See <https://docs.stripe.com/radar/radar-session>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_radar_session = "createRadarSession"() -> RadarSession;

        /// Lets someone prove who they are. The answer says that they handed in what was asked, not that it was true.
        ///
        /// See <https://docs.stripe.com/js/identity/modal>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn verify_identity = "verifyIdentity"(client_secret: text) -> VerificationSession;

        /// Makes the nonce with which your server asks for the ephemeral key of an issued card.
        ///
        /// See <https://docs.stripe.com/js/issuing_elements/create_ephemeral_key_nonce>.
        ///
        /// # Errors
        /// Whatever Stripe answers.
        fn create_ephemeral_key_nonce = "createEphemeralKeyNonce"(options: given(EphemeralKeyNonceOptions)) -> Nonce;
    }
}

payload! {
    /// A snapshot of the browser.
    pub struct RadarSession {
        /// `rse_…`
        id: String = "id",
    }
}

payload! {
    /// A session in which someone proves who they are.
    pub struct VerificationSession {
        /// `vs_…`
        id: String = "id",
    }
}

options! {
    /// What a nonce is for.
    #[serde(rename_all = "camelCase")]
    pub struct EphemeralKeyNonceOptions {
        required {
            /// `ic_…`
            issuing_card: String,
        }
    }
}

/// A nonce for an ephemeral key. `Debug` does not show it.
pub type Nonce = crate::secret::Secret;

impl Read for Nonce {
    fn read<R: Readable>(value: &R) -> Option<Self> {
        value.as_text().map(Self::from)
    }

    #[cfg(test)]
    fn write(&self) -> serde_json::Value {
        self.expose().into()
    }
}

reply! {
    RadarSession = "radarSession";
    VerificationSession = "verificationSession";
    Nonce = "nonce";
}

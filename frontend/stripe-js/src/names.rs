//! Enums over Stripe's names: closed ones for what a page chooses from, open ones where Stripe adds names.

/// A set of names that a page chooses from.
macro_rules! closed_enum {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident {
            $( $(#[$variant_meta:meta])* $Variant:ident = $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $Name {
            $( $(#[$variant_meta])* $Variant, )+
        }

        impl $Name {
            /// The name in Stripe's spelling.
            pub fn as_str(&self) -> &'static str {
                match self {
                    $( Self::$Variant => $text, )+
                }
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(test)]
        impl $crate::sample::Sample for $Name {
            fn samples() -> Vec<Self> {
                vec![$( Self::$Variant, )+]
            }
        }
    };
}

/// A set of names that Stripe may add to: an unknown name is kept in `Other`, never refused.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident {
            $( $(#[$variant_meta:meta])* $Variant:ident = $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $Name {
            $( $(#[$variant_meta])* $Variant, )+
            /// A name that this version of the crate does not know.
            Other(String),
        }

        impl $Name {
            /// Reads Stripe's name for it. Every text has an answer.
            pub fn parse(name: &str) -> Self {
                match name {
                    $( $text => Self::$Variant, )+
                    other => Self::Other(other.to_owned()),
                }
            }

            /// The name in Stripe's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$Variant => $text, )+
                    Self::Other(name) => name,
                }
            }
        }

        impl From<&str> for $Name {
            fn from(name: &str) -> Self {
                Self::parse(name)
            }
        }

        /// The empty name, which is what a missing name is read as.
        impl Default for $Name {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }

        impl serde::Serialize for $Name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::payload::Read for $Name {
            fn read<R: $crate::readable::Readable>(value: &R) -> Option<Self> {
                value.as_text().map(|name| Self::parse(&name))
            }

            #[cfg(test)]
            fn write(&self) -> serde_json::Value {
                // What Stripe's types know has to be known here too.
                assert!(!matches!(self, Self::Other(_)), "{self:?} has no variant");
                self.as_str().into()
            }
        }

        #[cfg(test)]
        impl $crate::sample::Sample for $Name {
            fn samples() -> Vec<Self> {
                vec![$( Self::$Variant, )+]
            }
        }
    };
}

pub(crate) use {closed_enum, open_enum};

open_enum! {
    /// A network that a card can be charged over. See <https://docs.stripe.com/co-branded-cards-compliance>.
    pub enum CardNetwork {
        /// Accel.
        Accel = "accel",
        /// American Express.
        Amex = "amex",
        /// Carnet.
        Carnet = "carnet",
        /// Cartes Bancaires.
        CartesBancaires = "cartes_bancaires",
        /// Diners Club.
        Diners = "diners",
        /// Discover.
        Discover = "discover",
        /// eftpos Australia.
        EftposAu = "eftpos_au",
        /// Elo.
        Elo = "elo",
        /// girocard.
        Girocard = "girocard",
        /// Interac.
        Interac = "interac",
        /// JCB.
        Jcb = "jcb",
        /// Mastercard.
        Mastercard = "mastercard",
        /// NYCE.
        Nyce = "nyce",
        /// PULSE.
        Pulse = "pulse",
        /// RuPay.
        Rupay = "rupay",
        /// STAR.
        Star = "star",
        /// UnionPay.
        Unionpay = "unionpay",
        /// Visa.
        Visa = "visa",
    }
}

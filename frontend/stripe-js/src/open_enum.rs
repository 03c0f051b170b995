//! Enums over names that Stripe may add to: an unknown name is kept in `Other`, never refused.

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
    };
}

pub(crate) use open_enum;

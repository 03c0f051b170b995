//! Structs of options as Stripe.js takes them: every field may be absent, and what is absent is not sent.

/// Each field `name: T` becomes `pub name: Option<T>`, left out of the JSON while it is `None`. Written once here, so
/// that no field can forget it: Stripe.js reads `null` as a value.
macro_rules! options {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $Type:ty, )*
            $( ..$(#[$rest_meta:meta])* $rest:ident: $Rest:ty, )?
        }
    ) => {
        #[derive(Clone, Debug, Default, serde::Serialize)]
        $(#[$meta])*
        pub struct $Name {
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$Type>,
            )*
            $(
                $(#[$rest_meta])*
                #[serde(flatten)]
                pub $rest: $Rest,
            )?
        }
    };
}

pub(crate) use options;

//! Structs of options as Stripe.js takes them: what is absent is not sent.

/// Each field `name: T` becomes `pub name: Option<T>`, left out of the JSON while it is `None`. Written once here, so
/// that no field can forget it: Stripe.js reads `null` as a value. What a call cannot do without stands first, in
/// `required { … }`, and is no `Option`.
macro_rules! options {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident {
            required { $( $(#[$required_meta:meta])* $required:ident: $Required:ty, )+ }
            $( $(#[$field_meta:meta])* $field:ident: $Type:ty, )*
            $( ..$(#[$rest_meta:meta])* $rest:ident: $Rest:ty, )?
        }
    ) => {
        #[derive(Clone, Debug, Default, serde::Serialize)]
        $(#[$meta])*
        pub struct $Name {
            $(
                $(#[$required_meta])*
                pub $required: $Required,
            )+
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

        impl $crate::json::Options for $Name {}

        #[cfg(test)]
        impl $crate::sample::Sample for $Name {
            fn samples() -> Vec<Self> {
                use $crate::sample::Sample;
                let lens = [
                    $( <$Required as Sample>::samples().len(), )+
                    $( <$Type as Sample>::samples().len(), )*
                ];
                let len = lens.into_iter().max().unwrap_or(1);
                (0..len).map(|index| Self {
                    $( $required: Sample::sample(index), )+
                    $( $field: Sample::sample(index), )*
                    $( $rest: Sample::sample(index), )?
                }).collect()
            }
        }
    };
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

        impl $crate::json::Options for $Name {}

        #[cfg(test)]
        impl $crate::sample::Sample for $Name {
            fn samples() -> Vec<Self> {
                use $crate::sample::Sample;
                let lens: &[usize] = &[ $( <$Type as Sample>::samples().len(), )* ];
                let len = lens.iter().copied().max().unwrap_or(1);
                (0..len).map(|_index| Self {
                    $( $field: Sample::sample(_index), )*
                    $( $rest: Sample::sample(_index), )?
                }).collect()
            }
        }
    };
}

pub(crate) use options;

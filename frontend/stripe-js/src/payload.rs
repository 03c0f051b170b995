//! What Stripe.js tells: events and answers, as plain structs that are read field by field.

use crate::readable::Readable;

/// Something that can be read from what Stripe.js tells. Public types have it as a bound; nobody else can name it.
pub trait Read: Sized {
    fn read<R: Readable>(value: &R) -> Option<Self>;

    /// The same, as Stripe would write it.
    #[cfg(test)]
    fn write(&self) -> serde_json::Value;

    /// Takes away what is deliberately not read.
    #[cfg(test)]
    fn prune(_value: &mut serde_json::Value) {}
}

/// A member; what is missing, or of another kind, is the default: an event is never lost for a field.
pub(crate) fn member<T: Read + Default>(object: &impl Readable, name: &str) -> T {
    let member = object.member(name);
    member
        .and_then(|member| T::read(&member))
        .unwrap_or_default()
}

/// A struct that is read member by member: `field: Type = "nameInJavaScript"`. What Stripe.js also tells and the struct
/// does not hold is named in `without`, with the reason; the tests compare both with Stripe's own types.
macro_rules! payload {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident $(without { $( $omitted:literal: $reason:expr, )+ })? {
            $( $(#[$field_meta:meta])* $field:ident: $Type:ty = $name:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $Name {
            $( $(#[$field_meta])* pub $field: $Type, )+
        }

        impl $crate::payload::Read for $Name {
            fn read<R: $crate::readable::Readable>(value: &R) -> Option<Self> {
                value.is_object().then(|| Self {
                    $( $field: $crate::payload::member(value, $name), )+
                })
            }

            #[cfg(test)]
            fn write(&self) -> serde_json::Value {
                serde_json::json!({ $( $name: $crate::payload::Read::write(&self.$field), )+ })
            }

            #[cfg(test)]
            fn prune(value: &mut serde_json::Value) {
                if let Some(members) = value.as_object_mut() {
                    // Every event names its element; the subscription knows it.
                    members.remove("elementType");
                    $($( let _reason: &str = $reason; members.remove($omitted); )+)?
                    $(
                        if let Some(member) = members.get_mut($name) {
                            <$Type as $crate::payload::Read>::prune(member);
                        }
                    )+
                }
            }
        }
    };
}

pub(crate) use payload;

macro_rules! read {
    ($( $Type:ty: $read:expr; )+) => {
        $( impl Read for $Type {
            fn read<R: Readable>(value: &R) -> Option<Self> {
                let read: fn(&R) -> Option<Self> = $read;
                read(value)
            }

            #[cfg(test)]
            fn write(&self) -> serde_json::Value {
                serde_json::json!(self)
            }
        } )+
    };
}

read! {
    bool: R::as_flag;
    String: R::as_text;
    f64: R::as_number;
    i64: |value| value.as_number().map(|number| number as i64);
    u32: |value| value.as_number().map(|number| number as u32);
}

impl<T: Read> Read for Option<T> {
    fn read<R: Readable>(value: &R) -> Option<Self> {
        T::read(value).map(Some)
    }

    #[cfg(test)]
    fn write(&self) -> serde_json::Value {
        self.as_ref().map_or(serde_json::Value::Null, T::write)
    }

    #[cfg(test)]
    fn prune(value: &mut serde_json::Value) {
        T::prune(value);
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<R: Readable>(value: &R) -> Option<Self> {
        Some(value.items().iter().filter_map(T::read).collect())
    }

    #[cfg(test)]
    fn write(&self) -> serde_json::Value {
        self.iter().map(T::write).collect()
    }

    #[cfg(test)]
    fn prune(value: &mut serde_json::Value) {
        value
            .as_array_mut()
            .into_iter()
            .flatten()
            .for_each(T::prune);
    }
}

/// An object whose names are data, in Stripe's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Named<T> {
    /// What is kept under a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Read> Read for Named<T> {
    fn read<R: Readable>(value: &R) -> Option<Self> {
        let entries = value.entries().into_iter();
        Some(Self(
            entries
                .filter_map(|(name, value)| Some((name, T::read(&value)?)))
                .collect(),
        ))
    }

    #[cfg(test)]
    fn write(&self) -> serde_json::Value {
        self.0
            .iter()
            .map(|(name, value)| (name.clone(), value.write()))
            .collect()
    }

    #[cfg(test)]
    fn prune(value: &mut serde_json::Value) {
        value
            .as_object_mut()
            .into_iter()
            .flatten()
            .for_each(|(_, value)| T::prune(value));
    }
}

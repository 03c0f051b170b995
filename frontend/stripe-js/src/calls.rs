//! Calls of Stripe.js that answer with a promise, each declared in one place: its name, its arguments, its answer.

use wasm_bindgen::JsValue;

use crate::error::StripeError;
use crate::payload::Read;
use crate::readable::Readable;

/// What a call answers, inside the object that Stripe.js resolves to.
pub(crate) trait Reply: Sized {
    fn reply(answer: &JsValue) -> Result<Self, StripeError>;

    /// Whether it is data: an object of Stripe.js is not, nor is an answer that says nothing.
    #[cfg(test)]
    const IS_DATA: bool = false;

    /// The member it stands in; none if it is the answer itself.
    #[cfg(test)]
    const MEMBER: Option<&'static str> = None;

    /// The same from JSON and back, for the tests.
    #[cfg(test)]
    fn round_trip(_member: &serde_json::Value) -> Option<serde_json::Value> {
        None
    }

    /// Takes away what is deliberately not read.
    #[cfg(test)]
    fn prune(_member: &mut serde_json::Value) {}
}

pub(crate) fn reply_within<T: Read>(
    answer: &impl Readable,
    name: Option<&str>,
) -> Result<T, StripeError> {
    let read = match name {
        Some(name) => answer.member(name).and_then(|member| T::read(&member)),
        None => T::read(answer),
    };
    read.ok_or_else(|| StripeError::incomplete(name.unwrap_or_default()))
}

/// Says in which member of an answer a type stands; without a member it is the answer itself.
macro_rules! reply {
    ($( $Type:ty $(= $member:literal)?; )+) => {
        $( impl $crate::calls::Reply for $Type {
            fn reply(answer: &wasm_bindgen::JsValue) -> Result<Self, $crate::StripeError> {
                let member = None::<&str>$(.or(Some($member)))?;
                $crate::calls::reply_within(answer, member)
            }

            #[cfg(test)]
            const IS_DATA: bool = true;

            #[cfg(test)]
            const MEMBER: Option<&'static str> = {
                #[allow(unused_mut, unused_assignments)]
                let mut member = None;
                $( member = Some($member); )?
                member
            };

            #[cfg(test)]
            fn round_trip(member: &serde_json::Value) -> Option<serde_json::Value> {
                <$Type as $crate::payload::Read>::read(member).map(|read| $crate::payload::Read::write(&read))
            }

            #[cfg(test)]
            fn prune(member: &mut serde_json::Value) {
                <$Type as $crate::payload::Read>::prune(member);
            }
        } )+
    };
}

/// A call that only succeeds or fails.
impl Reply for () {
    fn reply(_answer: &JsValue) -> Result<Self, StripeError> {
        Ok(())
    }
}

/// `fn name = "nameInJavaScript"(argument: kind, …) -> Answer`, where a kind is `text`, `number`, `given(Options)` or
/// `handle(Type)`; a leading literal is passed as it is. Braces instead of parentheses make the arguments members of one
/// object. Stripe.js is called when the method is called, not when the answer is awaited.
macro_rules! calls {
    (
        impl $On:ident ($object:literal) {
            $(
                $(#[$meta:meta])*
                fn $method:ident $(<$G:ident: $Bound:ident = $Example:ty>)? = $name:literal $arguments:tt -> $Reply:ty;
            )+
        }
    ) => {
        impl $On {
            $( $crate::calls::calls!(@method
                [$(#[$meta])*] $method [$($G: $Bound)?] $name $arguments -> $Reply
            ); )+
        }

        /// The calls declared here, with samples.
        #[cfg(test)]
        pub(crate) fn bound_calls() -> Vec<$crate::proof::BoundCall> {
            vec![$( {
                $( type $G = $Example; )?
                let call = $crate::proof::BoundCall::new::<$Reply>($object, $name);
                $crate::calls::calls!(@listed call $arguments)
            }, )+]
        }
    };

    (@method [$(#[$meta:meta])*] $method:ident [$($G:ident: $Bound:ident)?] $name:literal
        ($( $fixed:literal; )? $( $argument:ident: $kind:ident $(($Type:ty))? ),*) -> $Reply:ty
    ) => {
        $(#[$meta])*
        pub fn $method $(<$G: $Bound>)? (
            &self,
            $( $argument: $crate::calls::calls!(@type $kind $(($Type))?), )*
        ) -> $crate::Answer<$Reply> {
            let arguments = || -> Result<_, wasm_bindgen::JsValue> {
                Ok([
                    $( wasm_bindgen::JsValue::from_str($fixed), )?
                    $( $crate::calls::calls!(@value $argument $kind), )*
                ])
            };
            let called = arguments()
                .and_then(|arguments| $crate::js::call(self.as_ref(), $name, &arguments));
            $crate::Answer::new(called, <$Reply as $crate::calls::Reply>::reply)
        }
    };
    (@method [$(#[$meta:meta])*] $method:ident [$($G:ident: $Bound:ident)?] $name:literal
        {$( $member:literal: $argument:ident: $kind:ident $(($Type:ty))? ),* $(; $fixed_name:literal: $fixed:literal)?} -> $Reply:ty
    ) => {
        $(#[$meta])*
        pub fn $method $(<$G: $Bound>)? (
            &self,
            $( $argument: $crate::calls::calls!(@type $kind $(($Type))?), )*
        ) -> $crate::Answer<$Reply> {
            let argument = || -> Result<_, wasm_bindgen::JsValue> {
                Ok($crate::js::object(&[
                    $( ($member, $crate::calls::calls!(@value $argument $kind)), )*
                    $( ($fixed_name, wasm_bindgen::JsValue::from_str($fixed)), )?
                ]))
            };
            let called = argument()
                .and_then(|argument| $crate::js::call(self.as_ref(), $name, &[argument]));
            $crate::Answer::new(called, <$Reply as $crate::calls::Reply>::reply)
        }
    };

    (@type text) => { &str };
    (@type number) => { u32 };
    (@type given($Type:ty)) => { impl Into<$crate::Given<$Type>> };
    (@type handle($Type:ty)) => { &$Type };

    (@value $argument:ident text) => { wasm_bindgen::JsValue::from_str($argument) };
    (@value $argument:ident number) => { wasm_bindgen::JsValue::from($argument) };
    (@value $argument:ident given) => { $crate::js::plain(&$argument.into())? };
    (@value $argument:ident handle) => {
        AsRef::<wasm_bindgen::JsValue>::as_ref($argument).clone()
    };

    (@listed $call:ident ($( $fixed:literal; )? $( $argument:ident: $kind:ident $(($Type:ty))? ),*)) => {{
        #[allow(unused_mut)]
        let mut call = $call;
        $( call.argument(vec![$crate::proof::Sent::Json(serde_json::json!($fixed))]); )?
        $( call.argument($crate::calls::calls!(@sent $kind $(($Type))?)); )*
        call
    }};
    (@listed $call:ident {$( $member:literal: $argument:ident: $kind:ident $(($Type:ty))? ),* $(; $fixed_name:literal: $fixed:literal)?}) => {{
        let mut call = $call;
        call.object(vec![
            $( ($member, $crate::calls::calls!(@sent $kind $(($Type))?)), )*
            $( ($fixed_name, vec![$crate::proof::Sent::Json(serde_json::json!($fixed))]), )?
        ]);
        call
    }};
    (@sent text) => { vec![$crate::proof::Sent::Json(serde_json::json!("text"))] };
    (@sent number) => { vec![$crate::proof::Sent::Json(serde_json::json!(1))] };
    (@sent given($Type:ty)) => { $crate::proof::sent::<$Type>() };
    (@sent handle($Type:ty)) => { vec![$crate::proof::Sent::Handle(<$Type as $crate::proof::Official>::name())] };
}

pub(crate) use {calls, reply};

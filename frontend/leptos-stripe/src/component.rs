//! How an element is declared as a component: its kind, its options, and the events it has as props.

/// Declares a component. `update [..]` names the options that its update does not take; without it, none can change.
/// `failure(..)` is the event by which Stripe.js tells that it could not be loaded. Events that many elements have are
/// named alone; the others come with their comment and with what they carry.
macro_rules! component {
    (
        $(#[$meta:meta])*
        $Component:ident($Kind:ident), $Props:ident($Options:ty) {
            $( update [$( $fixed:literal ),* $(,)?], )?
            $( failure($failure:ident), )?
            events [$( $event:ident ),* $(,)?],
            $( $(#[$own:meta])* $on:ident($( $name:ident: $Payload:ty ),+), )*
        }
    ) => {
        $(#[$meta])*
        ///
        #[doc = concat!("Its props are the methods of [`", stringify!($Props), "`].")]
        #[allow(non_snake_case)]
        pub fn $Component(props: $Props) -> impl ::leptos::IntoView {
            $crate::element::element(props.0)
        }

        impl $crate::element::Shows for $Kind {
            $crate::component::fixed!($( [$( $fixed ),*] )?);
            $(
                fn update(
                    element: &::stripe_js::elements::Element<Self>,
                    change: String,
                ) -> Result<(), ::stripe_js::StripeError> {
                    $( let _: &str = $fixed; )*
                    element.update(::stripe_js::Json::from_text(change))
                }
            )?
            $(
                fn listen(
                    element: &::stripe_js::elements::Element<Self>,
                    report: $crate::context::Report,
                ) -> Option<::stripe_js::Subscription> {
                    Some(element.$failure(move |error| report.failed(error)))
                }
            )?
        }

        #[doc = concat!("The props of [`", stringify!($Component), "`]; all are optional.")]
        #[derive(Debug, Default)]
        pub struct $Props($crate::element::ElementProps<$Kind>);

        impl ::leptos::component::Props for $Props {
            type Builder = Self;

            fn builder() -> Self {
                Self::default()
            }
        }

        impl $Props {
            /// What the element is made with.
            #[must_use]
            pub fn options<M>(
                mut self,
                options: impl $crate::IntoOptions<M, Of = $Options>,
            ) -> Self {
                self.0.options = options.into_options();
                self
            }

            /// Hears that the element could not be made, loaded or updated; otherwise the group hears it.
            #[must_use]
            pub fn on_load_error(
                mut self,
                handler: impl Fn(::stripe_js::StripeError) + Send + Sync + 'static,
            ) -> Self {
                self.0.on_load_error = Some($crate::context::Report::new(handler));
                self
            }

            $( $crate::component::component!(@event $event); )*

            $(
                $(#[$own])*
                #[must_use]
                pub fn $on(mut self, handler: impl Fn($( $Payload ),+) + 'static) -> Self {
                    let handler = ::std::rc::Rc::new(handler);
                    self.0.listeners.push(Box::new(move |element| {
                        let handler = ::std::rc::Rc::clone(&handler);
                        element.$on(move |$( $name ),+| {
                            let mut told = Some(($( $name, )+));
                            $crate::reactive::untracked(&mut || {
                                if let Some(($( $name, )+)) = told.take() {
                                    handler($( $name ),+);
                                }
                            });
                        })
                    }));
                    self
                }
            )*

            /// The props, complete.
            #[must_use]
            pub fn build(self) -> Self {
                self
            }
        }

        #[cfg(test)]
        impl $Props {
            pub(crate) fn declared() -> $crate::proof::Declared {
                use ::stripe_js::elements::Kind;
                let mut events = vec![$( stringify!($event), )* $( stringify!($on), )*];
                let failure: &[&str] = &[$( stringify!($failure) )?];
                events.extend(failure);
                $crate::proof::Declared::new(
                    $Kind::TYPE,
                    <$Kind as $crate::element::Shows>::FIXED,
                    events,
                )
            }
        }
    };

    (@event on_ready) => {
        $crate::component::component!(@plain
            /// The element is there and can take the focus.
            on_ready);
    };
    (@event on_focus) => {
        $crate::component::component!(@plain
            /// The element took the focus.
            on_focus);
    };
    (@event on_blur) => {
        $crate::component::component!(@plain
            /// The element lost the focus.
            on_blur);
    };
    (@event on_escape) => {
        $crate::component::component!(@plain
            /// The escape key was pressed in the element.
            on_escape);
    };
    (@event on_loader_start) => {
        $crate::component::component!(@plain
            /// The skeleton is shown.
            on_loader_start);
    };
    (@event on_networks_change) => {
        $crate::component::component!(@plain
            /// What is known about the card's networks changed.
            on_networks_change);
    };
    (@event on_click) => {
        $crate::component::component!(@plain
            /// The button was clicked.
            on_click);
    };
    (@event on_success) => {
        $crate::component::component!(@plain
            /// What the element is for has succeeded.
            on_success);
    };
    (@event on_cancel) => {
        $crate::component::component!(@plain
            /// The shopper closed the wallet's sheet without paying.
            on_cancel);
    };

    (@plain $(#[$meta:meta])* $on:ident) => {
        $(#[$meta])*
        #[must_use]
        pub fn $on(mut self, handler: impl Fn() + 'static) -> Self {
            let handler = ::std::rc::Rc::new(handler);
            self.0.listeners.push(Box::new(move |element| {
                let handler = ::std::rc::Rc::clone(&handler);
                element.$on(move || $crate::reactive::untracked(&mut || handler()))
            }));
            self
        }
    };
}

macro_rules! fixed {
    () => {
        const FIXED: $crate::changes::Fixed = $crate::changes::Fixed::All;
    };
    ([$( $fixed:literal ),*]) => {
        const FIXED: $crate::changes::Fixed = $crate::changes::Fixed::These(&[$( $fixed ),*]);
    };
}

pub(crate) use {component, fixed};

//! Enums whose variants have names.

/// Declares an enum with a name for each variant: `ALL`, `as_str`, `named`, and `Display`.
#[macro_export]
macro_rules! named_enum {
    ($(#[$meta:meta])* $vis:vis enum $type:ident {
        $($(#[$doc:meta])* $variant:ident = $name:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        $vis enum $type {
            $($(#[$doc])* $variant,)*
        }

        impl $type {
            /// All of them, in their order.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// Returns the name.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns the one of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.as_str() == name)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Declares an enum whose variants may hold values, with a name for each variant. The line behind it says what returns it: a
/// method, `fn id;`, or an enum of the names, as [`named_enum`](crate::named_enum) declares one, with the method that returns
/// it, `enum Kind by kind;`.
#[macro_export]
macro_rules! named_variants {
    ($(#[$meta:meta])* $vis:vis enum $type:ident {
        $($(#[$doc:meta])* $variant:ident $({ $($field:tt)* })? $(($($item:ty),*))? = $name:literal,)*
    }
    $(#[$id_meta:meta])* $id_vis:vis fn $id:ident;) => {
        $(#[$meta])*
        $vis enum $type {
            $($(#[$doc])* $variant $({ $($field)* })? $(($($item),*))?,)*
        }

        impl $type {
            $(#[$id_meta])*
            $id_vis const fn $id(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name,)*
                }
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident {
        $($(#[$doc:meta])* $variant:ident $({ $($field:tt)* })? $(($($item:ty),*))? = $name:literal,)*
    }
    $(#[$kind_meta:meta])* $kind_vis:vis enum $kind:ident by $get:ident;) => {
        $(#[$meta])*
        $vis enum $type {
            $($(#[$doc])* $variant $({ $($field)* })? $(($($item),*))?,)*
        }

        $crate::named_enum! {
            $(#[$kind_meta])*
            $kind_vis enum $kind {
                $($(#[$doc])* $variant = $name,)*
            }
        }

        impl $type {
            /// Returns which variant it is.
            pub const fn $get(&self) -> $kind {
                match self {
                    $(Self::$variant { .. } => $kind::$variant,)*
                }
            }
        }
    };
}

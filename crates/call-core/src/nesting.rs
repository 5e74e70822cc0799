//! An enum of enums: what a feature has is taken as it is.

/// Makes an enum from what each of some of its variants holds.
macro_rules! from_features {
    ($whole:ident: $($feature:ident($part:ty)),+ $(,)?) => {
        $(impl From<$part> for $whole {
            fn from(part: $part) -> Self {
                Self::$feature(part)
            }
        })+
    };
}

pub(crate) use from_features;

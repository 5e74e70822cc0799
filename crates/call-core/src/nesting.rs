//! `From` conversions for the enums that wrap one enum per feature.

/// Implements `From` of a variant's content for each of the listed variants.
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

//! Which argument of a call a refusal is about, so that an error can point at it.

use registry::Invalid;
use registry::invalid::{Limited, Named};
use registry::{ExerciseLimit, RefusalKind};

/// The parameters that a refusal may be about, as MLflow's methods call them. The first that a call has is the one;
/// nothing where it is about the call as a whole.
pub const fn parameters(kind: &RefusalKind) -> &'static [&'static str] {
    const NAME: &[&str] = &["name", "dst_name", "model_uri"];
    const NEW_NAME: &[&str] = &["new_name", "dst_name", "name"];
    const VERSION: &[&str] = &["version", "model_uri"];
    const STAGE: &[&str] = &["stage", "stages", "model_uri"];
    const ALIAS: &[&str] = &["alias", "model_uri"];
    const KEY: &[&str] = &["key"];
    const VALUE: &[&str] = &["value"];
    const URI: &[&str] = &["model_uri", "src_model_uri", "stage"];
    const LONG: &[&str] = &["description", "source"];
    match kind {
        RefusalKind::Invalid(Invalid::NameMissing) | RefusalKind::ModelNotFound { .. } => NAME,
        RefusalKind::Invalid(Invalid::NameCharacters { .. })
        | RefusalKind::Invalid(Invalid::NotUniquePath {
            of: Named::Model, ..
        })
        | RefusalKind::ModelExists { .. }
        | RefusalKind::NewNameBlank
        | RefusalKind::Invalid(Invalid::TooLong {
            what: Limited::ModelName,
            ..
        }) => NEW_NAME,
        RefusalKind::VersionNotFound { .. }
        | RefusalKind::Invalid(Invalid::VersionNotInteger { .. })
        | RefusalKind::VersionOrStageMissing => VERSION,
        RefusalKind::StageBlank
        | RefusalKind::Invalid(Invalid::StageUnknown { .. })
        | RefusalKind::StageNotActive { .. } => STAGE,
        RefusalKind::Invalid(Invalid::AliasEmpty)
        | RefusalKind::Invalid(Invalid::AliasCharacters { .. })
        | RefusalKind::Invalid(Invalid::AliasLatest)
        | RefusalKind::Invalid(Invalid::AliasLikeVersion { .. })
        | RefusalKind::AliasNotFound { .. }
        | RefusalKind::LatestNotFound { .. }
        | RefusalKind::Invalid(Invalid::TooLong {
            what: Limited::Alias,
            ..
        })
        | RefusalKind::ExerciseLimit(ExerciseLimit::Alias { .. }) => ALIAS,
        RefusalKind::Invalid(Invalid::KeyCharacters { .. })
        | RefusalKind::Invalid(Invalid::NotUniquePath { of: Named::Key, .. })
        | RefusalKind::Invalid(Invalid::TooLong {
            what: Limited::TagKey,
            ..
        })
        | RefusalKind::ExerciseLimit(ExerciseLimit::Tag { .. }) => KEY,
        RefusalKind::Invalid(Invalid::MetricNotANumber { .. })
        | RefusalKind::Invalid(Invalid::TooLong {
            what: Limited::TagValue,
            ..
        }) => VALUE,
        RefusalKind::Invalid(Invalid::TooLong {
            what: Limited::Text,
            ..
        }) => LONG,
        RefusalKind::UriImproper { .. }
        | RefusalKind::UriLoggedModel { .. }
        | RefusalKind::NoVersions { .. }
        | RefusalKind::CopySourceScheme { .. }
        | RefusalKind::CopySource { .. } => URI,
        RefusalKind::ExerciseLimit(ExerciseLimit::Target { .. }) => NAME,
        RefusalKind::Team(refusal) if refusal.asked.is_some() => STAGE,
        RefusalKind::Team(refusal) if refusal.version.is_some() => VERSION,
        RefusalKind::Team(_) => NAME,
        RefusalKind::NumbersUsedUp { .. }
        | RefusalKind::NothingToUndo
        | RefusalKind::NotYoursToUndo
        | RefusalKind::NothingToRedo
        | RefusalKind::NoSuchStep
        | RefusalKind::LookingBack
        | RefusalKind::ReadOnly
        | RefusalKind::ExerciseLimit(_) => &[],
    }
}

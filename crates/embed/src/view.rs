//! What a frame can show.

use std::fmt;

use lesson::exercise::recipe_query::RecipeQuery;
use lesson::pack::Id;
use registry::named_variants;

named_variants! {
    /// What a frame shows. Whether the pack has what an id names, the page finds out.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum View {
        Question(Id) = "question",
        /// Several questions, one after the other.
        Questions(Questions) = "questions",
        /// One step of the lesson.
        Step(Id) = "step",
        /// One exercise of the pack.
        Exercise(Id) = "exercise",
        /// An exercise made from a recipe.
        Made(RecipeQuery) = "exercise/new",
        /// The scene of the start page: an app, a board and payments.
        Scene = "scene",
        /// A board to work with.
        Registry = "registry",
        /// The diagram of the stages.
        Diagram = "diagram",
        /// The console, with one line or none.
        Console = "console",
    }
    /// The kinds of views, by the names that the web component and the tables use.
    pub enum Kind by kind;
}

impl Kind {
    /// Returns how high a frame with it is to be, in CSS pixels, where nobody tells the host its real height.
    pub const fn usual_height(self) -> u32 {
        match self {
            Self::Question | Self::Diagram => 420,
            Self::Questions => 480,
            Self::Step | Self::Registry => 640,
            Self::Exercise | Self::Made => 900,
            Self::Scene => 720,
            Self::Console => 360,
        }
    }

    /// Returns what stands behind the view's name in an address, for those who write one by hand.
    pub const fn item(self) -> Option<&'static str> {
        match self {
            Self::Question => Some("ID"),
            Self::Questions => Some("ID,ID"),
            Self::Step => Some("STEP"),
            Self::Exercise => Some("EXERCISE"),
            Self::Made => Some("?objective=release&par=3&models=1&distractors=1&seed=7"),
            Self::Scene | Self::Registry | Self::Diagram | Self::Console => None,
        }
    }
}

/// Several questions in their order: two or more, none twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Questions(Vec<Id>);

impl Questions {
    /// The most questions in one frame.
    pub const MOST: usize = 20;

    /// Returns the ids, in their order.
    pub fn ids(&self) -> &[Id] {
        &self.0
    }
}

impl View {
    /// Reads ids with commas between them as one question or several. Returns `None` if there are none or too many, one is there
    /// twice, or one is none.
    pub fn questions(text: &str) -> Option<Self> {
        let mut ids = Vec::new();
        for part in text.split(',') {
            let id = Id::parse(part)?;
            if ids.contains(&id) || ids.len() == Questions::MOST {
                return None;
            }
            ids.push(id);
        }
        match <[Id; 1]>::try_from(ids) {
            Ok([id]) => Some(Self::Question(id)),
            Err(ids) => Some(Self::Questions(Questions(ids))),
        }
    }
}

/// The path behind `#/embed/`, without a recipe.
impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().as_str())?;
        match self {
            Self::Question(id) | Self::Step(id) | Self::Exercise(id) => write!(f, "/{id}"),
            Self::Questions(questions) => {
                let mut mark = '/';
                for id in questions.ids() {
                    write!(f, "{mark}{id}")?;
                    mark = ',';
                }
                Ok(())
            }
            Self::Made(_) | Self::Scene | Self::Registry | Self::Diagram | Self::Console => Ok(()),
        }
    }
}

//! Puts the app's own pack together before the app is compiled, and cuts it: into each step, question and exercise alone, which
//! pages that show just this one fetch as a file of the release; and into the steps, the claims, the questions and the exercises,
//! which the other parts of the app carry.

use std::path::Path;
use std::{env, error, fs};

use serde_json::{Value, json};

const FOLDER: &str = "../../content/en";

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=build.rs");
    match pack_folder::read(Path::new(FOLDER)) {
        Ok(folder) => cut(&folder.pack),
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            Ok(())
        }
    }
}

type Outcome = Result<(), Box<dyn error::Error>>;

fn cut(pack: &Value) -> Outcome {
    let out = env::var("OUT_DIR")?;
    let cut = Cut {
        pack,
        out: Path::new(&out),
    };
    cut.write("pack.json", pack.to_string())?;
    cut.lesson()?;
    cut.claims()?;
    cut.practice()?;
    let start = cut.scenes(|id| id == "start");
    let start = start.first().and_then(scene_in_rust);
    let start = start.ok_or("the scene `start` has a command that `scene_in_rust` can't write")?;
    cut.write("start.rs", start)?;
    cut.exercises()?;
    cut.pieces()
}

/// What cuts the pack into pieces.
struct Cut<'a> {
    pack: &'a Value,
    out: &'a Path,
}

impl Cut<'_> {
    fn write(&self, name: &str, text: String) -> Outcome {
        Ok(fs::write(self.out.join(name), text)?)
    }

    fn list(&self, name: &str) -> Vec<Value> {
        let list = self.pack.get(name).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    }

    fn scenes(&self, is_used: impl Fn(&str) -> bool) -> Vec<Value> {
        let mut scenes = self.list("scenes");
        scenes.retain(|scene| {
            scene
                .get("id")
                .and_then(Value::as_str)
                .is_some_and(&is_used)
        });
        scenes
    }

    /// The scenes that some items name at a place.
    fn scenes_of(&self, items: &[Value], place: &str) -> Vec<Value> {
        self.scenes(|id| {
            let named = |item: &Value| item.pointer(place).and_then(Value::as_str) == Some(id);
            items.iter().any(named)
        })
    }

    /// Each step, question and exercise with what it needs: by the name of its file, its text.
    fn pieces(&self) -> Outcome {
        let mut pieces = Vec::new();
        for (kind, list, scene) in [
            ("step", "steps", "/play/scene"),
            ("question", "questions", "/proof/scene"),
            ("exercise", "exercises", "/scene"),
        ] {
            for item in self.list(list) {
                let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
                let name = format!("{kind}-{id}");
                let named = item.to_string();
                let mut objectives = self.named("objectives", &named);
                objectives.retain(|_| kind == "exercise");
                let lists = [
                    ("misconceptions", self.named("misconceptions", &named)),
                    ("objectives", objectives),
                    ("scenes", self.scenes_of(std::slice::from_ref(&item), scene)),
                    (list, vec![item]),
                ];
                pieces.push((name, self.piece(&lists)));
            }
        }
        self.write("pieces.rs", format!("&{pieces:?}"))
    }

    /// The items of a list whose ids stand in a text.
    fn named(&self, list: &str, text: &str) -> Vec<Value> {
        let mut items = self.list(list);
        items.retain(|item| {
            let id = item.get("id").and_then(Value::as_str);
            id.is_some_and(|id| text.contains(id))
        });
        items
    }

    /// The head of the pack, with these lists in place of its own, and the sources that they name.
    fn piece(&self, lists: &[(&str, Vec<Value>)]) -> String {
        let named: String = lists
            .iter()
            .map(|(_, items)| format!("{}", Value::from(items.clone())))
            .collect();
        let mut value = json!({
            "format": self.pack.get("format"),
            "version": self.pack.get("version"),
            "id": self.pack.get("id"),
            "title": self.pack.get("title"),
            "language": self.pack.get("language"),
            "sources": self.named("sources", &named),
        });
        for (name, items) in lists {
            if let (false, Some(fields)) = (items.is_empty(), value.as_object_mut()) {
                fields.insert((*name).to_owned(), items.clone().into());
            }
        }
        value.to_string()
    }

    fn lesson(&self) -> Outcome {
        let steps = self.list("steps");
        let scenes = self.scenes_of(&steps, "/play/scene");
        self.write("minutes.rs", minutes(&steps).to_string())?;
        let mut titles = String::from("&[");
        for step in &steps {
            let text = |field: &str| step.get(field).and_then(Value::as_str).unwrap_or_default();
            titles.push_str(&format!("({:?}, {:?}),", text("id"), text("title")));
        }
        titles.push(']');
        self.write("steps.rs", titles)?;
        let lesson = self.piece(&[("scenes", scenes), ("steps", steps)]);
        self.write("lesson.json", lesson)
    }

    fn claims(&self) -> Outcome {
        let claims = self.list("claims");
        let scenes = self.scenes_of(&claims, "/play/scene");
        let claims = self.piece(&[("scenes", scenes), ("claims", claims)]);
        self.write("claims.json", claims)
    }

    fn practice(&self) -> Outcome {
        let questions = self.list("questions");
        let id = |question: &Value| Some(question.get("id")?.as_str()?.to_owned());
        let ids: Vec<String> = questions.iter().filter_map(id).collect();
        self.write("questions.rs", format!("&{ids:?}"))?;
        let practice = self.piece(&[
            ("objectives", self.list("objectives")),
            ("misconceptions", self.list("misconceptions")),
            ("scenes", self.scenes_of(&questions, "/proof/scene")),
            ("questions", questions),
        ]);
        self.write("practice.json", practice)
    }

    fn exercises(&self) -> Outcome {
        let exercises = self.list("exercises");
        let mut served = self.list("objectives");
        served.retain(|objective| {
            let id = objective.get("id");
            let mut all = exercises.iter();
            all.any(|exercise| exercise.get("objective") == id)
        });
        let ids = exercises
            .iter()
            .filter_map(|exercise| exercise.get("id")?.as_str());
        self.write("exercise_ids.rs", format!("&{:?}", ids.collect::<Vec<_>>()))?;
        self.write("exercises.rs", listed(&exercises, &served))?;
        let sources = self.named("sources", &Value::from(exercises.clone()).to_string());
        let made = self.piece(&[("objectives", served.clone()), ("sources", sources)]);
        self.write("made.json", made)?;
        let exercises = self.piece(&[("objectives", served), ("exercises", exercises)]);
        self.write("exercises.json", exercises)
    }
}

/// A scene as Rust, so that who shows it need not carry the reader of packs. Only what the start page does is known here.
fn scene_in_rust(scene: &Value) -> Option<String> {
    let text = |field: &str| scene.get(field).and_then(Value::as_str);
    let mut commands = String::new();
    for command in scene.get("commands")?.as_array()? {
        commands.push_str(&command_in_rust(command)?);
        commands.push(',');
    }
    let rules = match text("rules")? {
        "mlflow" => "Mlflow",
        _ => "Guided",
    };
    Some(format!(
        "Scene {{ id: Id::parse({:?})?, title: {:?}.to_owned(), rules: RuleSet::{rules}, \
         model: ModelName::parse({:?}).ok()?, commands: vec![{commands}], days: Vec::new(), \
         today: String::new() }}",
        text("id")?,
        text("title")?,
        text("model")?,
    ))
}

fn command_in_rust(command: &Value) -> Option<String> {
    let text = |field: &str| command.get(field).and_then(Value::as_str);
    let name = format!("name: ModelName::parse({:?}).ok()?", text("name")?);
    let empty = "description: FreeText::default(), tags: VecMap::new()";
    let known: &[&str] = match text("do")? {
        "create_registered_model" => &["do", "name"],
        "create_model_version" => &["do", "name", "source", "metrics"],
        "transition_model_version_stage" => &[
            "do",
            "name",
            "version",
            "stage",
            "archive_existing_versions",
        ],
        _ => return None,
    };
    let mut fields = command.as_object()?.keys();
    if !fields.all(|field| known.contains(&field.as_str())) {
        return None;
    }
    Some(match text("do")? {
        "create_registered_model" => {
            format!("Command::CreateRegisteredModel {{ {name}, {empty} }}")
        }
        "create_model_version" => {
            let metrics = command.get("metrics")?.as_object()?.iter();
            let metrics: Vec<String> = metrics
                .map(|(metric, value)| {
                    let value = value.to_string();
                    format!(
                        "(MetricName::parse({metric:?}).ok()?, MetricValue::parse({value:?}).ok()?)"
                    )
                })
                .collect();
            format!(
                "Command::CreateModelVersion {{ {name}, {empty}, source: FreeText::parse({:?}).ok()?, \
                 metrics: [{}].into_iter().collect() }}",
                text("source")?,
                metrics.join(", ")
            )
        }
        _ => format!(
            "Command::TransitionModelVersionStage {{ {name}, version: VersionNumber::new({})?, \
             stage: Stage::{}, archive_existing_versions: {} }}",
            command.get("version")?.as_u64()?,
            text("stage")?,
            command
                .get("archive_existing_versions")
                .and_then(Value::as_bool)
                .unwrap_or_default(),
        ),
    })
}

/// How many minutes the steps take, to the nearest five: 200 words a minute, and 20 seconds for everything that is done. Of
/// the reasons after a choice only one is read, so the longest counts; code counts as nothing.
fn minutes(steps: &[Value]) -> usize {
    let words = |text: &Value| {
        text.as_str()
            .map_or(0, |text| text.split_whitespace().count())
    };
    let list = |of: &Value, place: &str| -> Vec<Value> {
        let found = of.pointer(place).and_then(Value::as_array);
        found.cloned().unwrap_or_default()
    };
    let (mut read, mut done) = (0, 0);
    for step in steps {
        for field in ["title", "text", "after"] {
            read += step.get(field).map_or(0, words);
        }
        read += list(step, "/takeaways").iter().map(words).sum::<usize>();
        let options = list(step, "/choose/options");
        if let Some(ask) = step.pointer("/choose/ask") {
            done += 1;
            let field = |field: &'static str| {
                let all = options.iter();
                all.map(move |it| it.get(field).map_or(0, words))
            };
            read += words(ask) + field("text").sum::<usize>() + field("then").max().unwrap_or(0);
        }
        if let Some(play) = step.get("play") {
            let lines = list(play, "/lines");
            let reach = list(play, "/reach").len();
            done += lines.len().max(reach.min(2)).max(1);
            for field in ["goal", "done"] {
                read += play.get(field).map_or(0, words);
            }
            let notes = lines.iter().map(|line| line.get("note").map_or(0, words));
            read += notes.sum::<usize>();
        }
    }
    let minutes = (read * 60 / 200 + done * 20).div_ceil(60);
    (minutes + 2) / 5 * 5
}

/// What a list of the exercises says without reading them.
fn listed(exercises: &[Value], objectives: &[Value]) -> String {
    let title = |objective: &str| {
        let mut all = objectives.iter();
        let found = all.find(|one| one.get("id").and_then(Value::as_str) == Some(objective));
        found
            .and_then(|one| one.get("title"))
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut listed = String::from("&[");
    for exercise in exercises {
        let text = |field: &str| {
            exercise
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let par = exercise
            .get("par")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        listed.push_str(&format!(
            "Listed {{ id: {:?}, title: {:?}, objective: {:?}, story: {:?}, track: {:?}, form: {:?}, par: {par} }},",
            text("id"),
            text("title"),
            title(text("objective")),
            text("story"),
            text("track"),
            text("form"),
        ));
    }
    listed.push(']');
    listed
}

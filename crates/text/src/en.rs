//! The texts in English. The fields are documented by their English value.

texts!(
    /// The frame around every page.
    ShellText, EN_SHELL {
        brand = "Model Stages",
        skip = "Skip to the content",
        nav_label = "Pages",
        nav_start = "Start",
        nav_learn = "Learn",
        nav_registry = "Registry",
        nav_practice = "Practice",
        nav_exercises = "Exercises",
        nav_check = "Check receipts",
        nav_progress = "Progress",
        nav_class = "In class",
        menu = "Menu",
        nav_settings = "Settings",
        rules_label = "Rules in force",
        rules_guided = "This team's",
        rules_guided_hint = "Stricter than MLflow: a version is tested first, and one is in Production",
        rules_mlflow = "MLflow",
        rules_mlflow_hint = "Exactly what MLflow 3.18 does",
        rules_now_guided = "Rules now: this team's, stricter than MLflow.",
        rules_now_mlflow = "Rules now: plain MLflow. Any stage may follow any other.",
        theme_label = "Theme",
        theme_system = "Same as the system",
        theme_light = "Light",
        theme_dark = "Dark",
        saved = "Saved in this browser",
        saved_platform = "Your learning platform keeps your progress",
        not_saved_platform = "Not saved: no learning platform answers here.",
        not_saved_full = "Not saved: this browser's storage is full. Your work is safe as long as this page stays open.",
        not_saved_denied = "Not saved: this browser blocks storage for this page. Everything works until you close it.",
        not_saved_changed = "Not saved: another window of this app has changed the registry. Reload the page to see what it did, or try again to keep what this page shows: then the work of the other window is set aside.",
        not_saved_failed = "Not saved: this browser's storage does not answer. Your work is safe as long as this page stays open.",
        read_only = "Read only: this data was written by a newer version of the app. Reload the page to get it.",
        save_again = "Try again",
        footer = "Nothing leaves this browser.",
        part_awaited = "Opening…",
        part_late = "This part has not arrived yet",
        part_late_body = "The connection is slow, or the server does not answer. Nothing is lost, and this page keeps waiting. If it takes too long, fetch it again or reload the page.",
        part_missing = "This part of the app did not load",
        part_no_answer = "It is fetched when it is first needed, and there is no connection now. Nothing is lost. Fetch it again when you are online.",
        part_not_there = "It is fetched when it is first needed, and it is missing on the server. Nothing is lost. Fetch it again later. If it is still missing, tell the people who run this site.",
        part_again = "Fetch again",
        new_version = "A new version is here",
        new_version_saved = "This page is an older version, and its other parts are no longer on the server. What you did is saved. Reload the page to continue.",
        new_version_unsaved = "This page is an older version, and its other parts are no longer on the server. What you did is not saved: this browser could not keep it, and it is lost when you reload. First copy what you need.",
        reload = "Reload",
        not_found_title = "There is no such page",
        not_found_body(address) = "There is no page at the address {address}.",
        not_found_lesson = "Go to the lesson",
        not_found_near_one = "Did you mean this page?",
        not_found_near = "Did you mean one of these pages?",
        not_found_way = "Go to the registry",
        close = "Close",
        cancel = "Cancel",
        title(page) = "{page} · Model Stages",
        ;
        folded = "The oldest {count} step of the history was merged into its start, to make room." | "The oldest {count} steps of the history were merged into its start, to make room.",
    }
);

texts!(
    /// The page with all models.
    OverviewText, EN_OVERVIEW {
        title = "Registry",
        intro = "Every registered model, and the version that serves: the one that an app gets when it asks for Production.",
        new_model = "Register a model",
        menu = "More for the registry",
        start_empty = "Start empty…",
        reset_sample = "Reset to the sample…",
        col_live = "Serves",
        col_changed = "Last change",
        empty_title = "No model here yet",
        empty_body = "Register your first model, or bring back the sample with fraud-detector.",
        aliases_none = "none",
        col_aliases = "Aliases",
        ;
        models = "{count} model" | "{count} models",
    }
);

texts!(
    /// The board of a model.
    BoardText, EN_BOARD {
        title = "Board",
        hint = "Move a version with its buttons or menu, drag it to another column, or press N, S, P or A while it has the focus.",
        column_empty_none = "Empty: no version is in None.",
        column_empty_staging = "Empty: no version is being tested.",
        column_empty_production = "Empty: an app that asks for Production gets an error.",
        column_empty_archived = "Empty: no version is archived.",
        serves = "serves",
        card(version) = "Version {version}",
        show_more(count) = "Show {count} more",
        menu(version) = "More for version {version}",
        since(day) = "since {day}",
        details(version) = "v{version}: show the details",
        to(stage) = "Move to {stage}",
        test = "Test",
        promote = "Promote",
        archive = "Archive",
        roll_back = "Roll back",
        named_to(name, stage) = "{name} to {stage}",
        refused_to(stage, rule) = "Move to {stage} – refused: {rule}",
        of_version(what, version) = "{what}: version {version}",
        with_details = "Move with details…",
        allowed = "allowed",
        refused(rule) = "refused: {rule}",
        leave = "Change nothing",
        price(way, price) = "{way} – {price}",
        gap_until(version) = "a gap for the app until v{version} is there",
        gap = "then the app gets no model",
        no_gap = "no gap",
        add_version = "Add a version",
        no_metrics = "no metrics",
        set_alias(version) = "Set an alias of version {version}…",
        delete(version) = "Delete version {version}…",
        metric(name, value) = "{name} {value}",
        versions_none_title = "No versions yet.",
        versions_none_body = "A version is one trained model file. Add the first one; it starts without a stage.",
        ;
        count = "{count} version" | "{count} versions",
    }
);

texts!(
    /// What a move between stages is called.
    MovesText, EN_MOVES {
        submit_for_testing = "Submit for testing",
        set_aside = "Archive",
        withdraw = "Withdraw",
        promote = "Promote",
        reject = "Reject",
        pull_back = "Pull back",
        retire = "Archive",
        test_again = "Test again",
        roll_back = "Roll back",
    }
);

texts!(
    /// The dialog before a move.
    MoveDialogText, EN_MOVE_DIALOG {
        title(version, stage) = "Move version {version} to {stage}?",
        stage = "Stage",
        what_happens = "What will happen",
        moves(version, from, to) = "Version {version} goes from {from} to {to}.",
        stays(version, to) = "Version {version} is in {to} already. MLflow accepts the move all the same; only the time of the last change is new.",
        archives(versions) = "{versions} goes to Archived in the same step.",
        archives_more(versions, count) = "{versions} and {count} more go to Archived in the same step.",
        archives_many(versions) = "{versions} go to Archived in the same step.",
        users_before = "An app that asks for Production gets now",
        users_after = "After the move it gets",
        archive_option(stage) = "Also archive what is in {stage} now",
        archive_code = "archive_existing_versions=True",
        comment = "Comment for the history (optional)",
        comment_hint = "For example: why now, or who agreed.",
        confirm(stage) = "Move to {stage}",
        warn_nothing = "After this, Production is empty: an app that asks for it gets an error.",
        warn_several(count, version) = "After this, {count} versions are in Production. The highest number serves: version {version}.",
    }
);

texts!(
    /// What answers an app.
    AnswersText, EN_ANSWERS {
        nothing = "none, because Production is empty",
        one(version) = "version {version}",
        several(count, version) = "version {version}, the highest number of {count} in Production",
    }
);

texts!(
    /// What users get now.
    LiveText, EN_LIVE {
        title = "What an app gets now",
        intro = "What an app gets when it loads from this model now.",
        col_ask = "The app asks for",
        col_gets = "and gets",
        nothing(stage) = "An error: no version is in {stage}.",
        nothing_live = "Production is empty: the app gets an error.",
        one(version) = "Version {version}",
        big_one = "is what an app gets when it asks for Production",
        several(count, version) = "{count} versions are in Production. The highest number serves: version {version}.",
        several_in(count, stage, version) = "{count} versions are in {stage}. The highest number answers: version {version}.",
        get_model = "get_model(stage='production')",
    }
);

texts!(
    /// The page of a model.
    ModelText, EN_MODEL {
        back = "All models",
        not_found_title(name) = "There is no model named {name}",
        not_found_body = "It may have been renamed or deleted. Undo brings it back if that was a mistake.",
        menu(name) = "More for {name}",
        rename = "Rename the model…",
        delete = "Delete model…",
        describe = "Describe the model…",
        no_description = "No description yet.",
        created(time) = "Registered {time}",
        updated(time) = "last change {time}",
        tags = "Tags",
        no_tags = "No tags.",
        add_tag = "Add a tag to the model…",
        no_aliases = "No aliases.",
        add_alias = "Set an alias of the model…",
        remove_alias(alias) = "Delete alias {alias}",
        remove_tag(key) = "Delete tag {key}",
        versions_title = "All versions",
    }
);

texts!(
    /// The details of a version, and the comparison of two.
    VersionText, EN_VERSION {
        title(version) = "Version {version}",
        pick = "Version",
        choice(version, stage) = "{version} – {stage}",
        choice_more(count) = "The newest {count} are listed here. Every version is in the table below.",
        stage = "Stage",
        source = "Source",
        created = "Created",
        updated = "Last change",
        metrics = "Metrics",
        no_metrics = "No metrics.",
        description = "Description",
        no_description = "No description.",
        tags = "Tags",
        aliases = "Aliases",
        been_live = "Was in Production",
        tag(key, value) = "{key}: {value}",
        yes = "yes",
        no = "no",
        compare_title = "Compare two versions",
        compare_with = "Compare version",
        compare_and = "with version",
        compare_what = "What",
        compare_difference = "Difference",
        compare_caption(left, right) = "Version {left} beside version {right}",
        compare_tag(key) = "Tag {key}",
        same = "same",
        differs = "different",
        only(version) = "only version {version}",
        nothing_to_compare = "There must be two versions to compare.",
        copy(version) = "Copy version {version} to another model…",
        delete(version) = "Delete version {version}…",
        describe(version) = "Describe version {version}…",
        add_metric(version) = "Add a metric to version {version}…",
        add_tag(version) = "Add a tag to version {version}…",
        add_alias(version) = "Set an alias of version {version}…",
        missing = "–",
        ;
        later = "{count} day later" | "{count} days later",
        earlier = "{count} day earlier" | "{count} days earlier",
    }
);

texts!(
    /// The table of versions.
    TableText, EN_TABLE {
        filter = "Filter by number, stage, alias, tag or text",
        filter_hint = "For example v3, staging or champion. Several words narrow it down.",
        col_version = "Version",
        col_stage = "Stage",
        col_aliases = "Aliases",
        col_created = "Created",
        col_source = "Source",
        none(filter) = "No version matches “{filter}”.",
        clear = "Clear the filter",
        details(version) = "v{version}: show the details",
        no_value = "none",
        showing(shown, count) = "Versions shown: {shown} of {count}.",
        matching(matched, count, shown) = "Versions that match: {matched} of {count}. Shown: {shown}.",
        more = "Show more",
        caption(name) = "All versions of {name}",
    }
);

texts!(
    /// The state diagram.
    DiagramText, EN_DIAGRAM {
        title = "The stages and the moves between them",
        alt(here) = "Diagram: the four stages None, Staging, Production and Archived, with an arrow for each move. {here}",
        here(version, stage) = "Version {version} is in {stage}.",
        nobody = "The diagram shows a version and its moves as soon as there is a version.",
        from_here = "Where it can go from here",
        you_are_here = "you are here",
        to = "to",
        not_now(rule) = "not now: {rule}",
        table = "The same as a table",
        col_from = "From",
        col_to = "To",
        col_meaning = "What it means",
        col_now(version) = "Version {version} now",
        open = "allowed",
        refused(rule) = "refused: {rule}",
        elsewhere(stage) = "not in {stage}",
        any = "Any stage may follow any other",
        only_proven(named) = "{named}: only a version that was in Production before",
        meaning_refused(rule) = "Refused by a rule of this team: {rule}",
    }
);

texts!(
    /// The history.
    HistoryText, EN_HISTORY {
        title = "History",
        undo = "Undo",
        redo = "Redo",
        undo_what(what) = "Undo: {what}",
        redo_what(what) = "Redo: {what}",
        nothing_to_undo = "Nothing to undo",
        nothing_to_redo = "Nothing to redo",
        search = "Search the history",
        none(filter) = "Nothing in the history matches “{filter}”.",
        empty = "Nothing has happened yet.",
        look = "View",
        restore = "Restore",
        step(step) = "Step {step}",
        you = "you",
        start = "Start",
        folded(count) = "{count} earlier steps are merged into the start.",
        viewing(step) = "You are viewing the registry as it was after step {step}. Nothing can be changed here.",
        viewing_start = "You are viewing the registry as it was before the first step. Nothing can be changed here.",
        back_to_now = "Back to now",
        restored(step) = "The registry is again as it was after step {step}. The steps in between stay in the history.",
        restored_start = "The registry is again as it was before the first step. The steps since stay in the history.",
        undone(what) = "Undone: “{what}”",
        redone(what) = "Redone: “{what}”",
        more = "Show earlier steps",
        of_model(name) = "Only {name}",
        comment(comment) = "“{comment}”",
        rules = "under plain MLflow rules",
        rules_guided = "under this team's rules",
    }
);

texts!(
    /// Dialogs with fields.
    FormsText, EN_FORMS {
        create_model_title = "Register a model",
        name = "Name",
        name_hint = "For example fraud-detector. No / and no :",
        description = "Description (optional)",
        create = "Register",
        rename_title(name) = "Rename {name}",
        new_name = "New name",
        rename = "Rename",
        rename_note = "Aliases, versions and stages stay. Apps that ask for the old name get an error.",
        describe_title(name) = "Describe {name}",
        save = "Save",
        cut(long, most) = "This text has {long} characters, and only {most} fit: the field has the beginning. Paste a shorter text.",
        delete_model_title(name) = "Delete {name}?",
        delete_model_body = "All its versions, tags and aliases are deleted too. Undo brings them back.",
        delete_model = "Delete the model",
        delete_version_title(version) = "Delete version {version}?",
        delete_version_body = "Its number is not given again. Aliases that point to it are deleted too. To keep the record, archive it instead.",
        delete_version = "Delete the version",
        copy_title(version, name) = "Copy version {version} of {name}",
        copy_to = "To the model",
        copy_hint = "A model that is there, or a new one, for example prod.fraud-detector",
        copy_note_new(name) = "{name} is registered, and gets a first version with the description, tags and metrics of this one.",
        copy_note(name) = "{name} gets another version with the description, tags and metrics of this one.",
        copy_rest(version) = "The copy says where it came from. It starts without a stage and without aliases. Version {version} itself stays as it is.",
        copy = "Copy the version",
        add_version_title(name) = "Add a version of {name}",
        source = "Source",
        source_hint = "Where the file is, for example models/fraud/model_v6.pkl",
        metrics = "Metrics (optional)",
        metrics_hint = "One per line, for example recall=0.91",
        add_version = "Add the version",
        metric_line(line) = "Line {line}: write a name, an = and a number, for example recall=0.91.",
        alias_title(name) = "Set an alias of {name}",
        alias = "Alias",
        alias_hint = "For example champion",
        alias_version = "points to version",
        set_alias = "Set the alias",
        alias_moves(alias, version) = "{alias} points to version {version} now and will move.",
        tag_title(name) = "Add a tag to {name}",
        tag_version_title(version) = "Add a tag to version {version}",
        tag_key = "Key",
        tag_key_hint = "For example validation_status",
        tag_value = "Value",
        add_tag = "Set the tag",
        empty_title = "Start empty?",
        empty_body = "All models are deleted. Undo brings them back.",
        start_empty = "Start empty",
        sample_title = "Reset to the sample?",
        sample_body = "The sample replaces what is here. Undo brings yours back.",
        reset_sample = "Reset to the sample",
        metric_title(version) = "Add a metric to version {version}",
        metric_name = "Name",
        metric_value = "Number",
        add_metric = "Add the metric",
    }
);

texts!(
    /// How long ago something was.
    AgesText, EN_AGES {
        now = "just now",
        ;
        minutes = "{count} minute ago" | "{count} minutes ago",
        hours = "{count} hour ago" | "{count} hours ago",
        days = "{count} day ago" | "{count} days ago",
        months = "{count} month ago" | "{count} months ago",
        years = "{count} year ago" | "{count} years ago",
    }
);

/// A language, with its texts in groups. Each group is a value of its own, so that the part of the app that alone uses
/// one carries it (see the `lazy.rs` of each feature of the app).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
}

/// Declares which value of a group belongs to which language.
macro_rules! groups {
    ($($group:ident: $name:ty = $english:path,)*) => {
        impl Language {
            $(
                pub const fn $group(self) -> &'static $name {
                    match self {
                        Self::English => &$english,
                    }
                }
            )*
        }
    };
}

groups! {
    shell: ShellText = EN_SHELL,
    overview: OverviewText = EN_OVERVIEW,
    board: BoardText = EN_BOARD,
    moves: MovesText = EN_MOVES,
    move_dialog: MoveDialogText = EN_MOVE_DIALOG,
    answers: AnswersText = EN_ANSWERS,
    live: LiveText = EN_LIVE,
    model: ModelText = EN_MODEL,
    version: VersionText = EN_VERSION,
    table: TableText = EN_TABLE,
    diagram: DiagramText = EN_DIAGRAM,
    history: HistoryText = EN_HISTORY,
    forms: FormsText = EN_FORMS,
    ages: AgesText = EN_AGES,
    start: super::start::StartText = super::start::EN_START,
    class: super::class::ClassText = super::class::EN_CLASS,
    paper: super::class::PaperText = super::class::EN_PAPER,
    learn: super::learn::LearnText = super::learn::EN_LEARN,
    play: super::learn::PlayText = super::learn::EN_PLAY,
    traffic: super::learn::TrafficText = super::learn::EN_TRAFFIC,
    practice: super::learn::PracticeText = super::learn::EN_PRACTICE,
    progress: super::learn::ProgressText = super::learn::EN_PROGRESS,
    exercises: super::exercise::ExerciseText = super::exercise::EN_EXERCISE,
    exercise_list: super::exercise_pages::ExerciseListText = super::exercise_pages::EN_EXERCISE_LIST,
    check: super::exercise_pages::CheckText = super::exercise_pages::EN_CHECK,
    history_quiz: super::exercise_pages::HistoryQuizText = super::exercise_pages::EN_HISTORY_QUIZ,
    task_head: super::task::TaskHeadText = super::task::EN_TASK_HEAD,
    tasks: super::task::TaskText = super::task::EN_TASK,
    goals: super::goal::GoalText = super::goal::EN_GOAL,
    drawer: super::code::DrawerText = super::code::EN_DRAWER,
    code: super::code::CodeText = super::code::EN_CODE,
    python: super::python::PythonText = super::python::EN_PYTHON,
    workspaces: super::code::WorkspaceText = super::code::EN_WORKSPACE,
    troubles: super::diagnostic::TroubleText = super::diagnostic::EN_TROUBLE,
    problems: super::problem::ProblemText = super::problem::EN_PROBLEM,
    console: super::console::ConsoleText = super::console::EN_CONSOLE,
    help: super::help::HelpText = super::help::EN_HELP,
    as_code: super::as_code::AsCodeText = super::as_code::EN_AS_CODE,
    requests: super::request::RequestText = super::request::EN_REQUEST,
    refusals: super::explain::RefusalText = super::explain::EN_REFUSAL,
    reasons: super::explain::ReasonText = super::explain::EN_REASON,
    events: super::narrate::EventText = super::narrate::EN_EVENT,
    framed: super::framed::FramedText = super::framed::EN_FRAMED,
    offline: super::offline::OfflineText = super::offline::EN_OFFLINE,
    tabs: super::tabs::TabsText = super::tabs::EN_TABS,
    notices: super::notice::NoticeText = super::notice::EN_NOTICE,
    share: super::share::ShareText = super::share::EN_SHARE,
    shared: super::share::SharedText = super::share::EN_SHARED,
    task_share: super::task_share::TaskShareText = super::task_share::EN_TASK_SHARE,
    shared_task: super::task_share::SharedTaskText = super::task_share::EN_SHARED_TASK,
    registries: super::share::RegistriesText = super::share::EN_REGISTRIES,
    settings: super::share::SettingsText = super::share::EN_SETTINGS,
    data: super::share::DataText = super::share::EN_DATA,
    plain: super::plain::PlainText = super::plain::EN_PLAIN,
}

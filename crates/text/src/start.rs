//! The texts of the start page, in English.
#![allow(missing_docs, reason = "the English value says what a field is")]

texts!(
    /// The start page. Some lines have Markdown in them.
    StartText, EN_START {
        title = "One label decides which model your users get",
        intro = "A **model registry** such as **MLflow** gives each **version** of a model a label, its **stage**. Apps ask for the label: move it, and your users get another model.",
        try_it = "Try it: move the untested **v3** to Production and watch the payments. Plain MLflow allows it.",
        try_move = "Move v3 to Production",
        take_back = "Take it back",
        moved = "Nobody has tested v3. It finds a little more fraud, and it stops many honest payments: watch the false alarms.",
        ways = "Where to go from here",
        learn(minutes) = "Learn, {minutes} minutes",
        learn_body = "Take this model through its life: tested, live, replaced, rolled back.",
        go_on(number, title) = "Go on: step {number} – {title}",
        go_on_body = "The lesson, where you left it.",
        practice = "Practice",
        exercises = "Exercises",
        registry = "Your own registry",
        registry_body = "Import from MLflow, rehearse a script before it runs for real.",
        picture = "A picture of what can be moved here: version 2 is in Production, so the payments app gets version 2. Version 3 has no stage: nobody has tested it. Version 1 is archived.",
        app = "The payments app",
        loaded = "loaded",
        serves = "serves",
        empty = "Empty",
        ;
        practice_body = "{count} question, and the registry proves the answer." | "{count} questions, and the registry proves nearly every answer.",
        exercises_body = "{count} problem to solve your way, and as many more as you like." | "{count} problems to solve your way, and as many more as you like.",
    }
);

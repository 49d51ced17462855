//! The texts of the start page, in English.

texts!(
    /// The start page. Some lines have Markdown in them.
    StartText, EN_START {
        title = "One label decides which model your users get",
        intro = "An app asks a model whether a payment is fraud. A **model registry** such as **MLflow** keeps every **version** of the model and gives it a label, its **stage**. The app loads the version that is labelled Production.",
        what = "A free lesson with made-up data: MLflow's stages, and the aliases that replace them.",
        try_it = "v3 is worse than v2. MLflow does not stop you: let v3 replace v2, and watch the payments.",
        try_move = "Move v3 to Production",
        take_back = "Put v2 back in Production",
        moved = "v3 is in Production, and nobody tested it. Once the app has loaded it, it misses most fraud and stops honest payments.",
        ways = "Where to go from here",
        learn(minutes) = "Learn, {minutes} minutes",
        learn_body = "Take this model through its life, with stages and with MLflow's newer aliases.",
        go_on(number, title) = "Go on: step {number} – {title}",
        go_on_body = "The lesson, where you left it.",
        practice = "Practice",
        exercises = "Exercises",
        registry = "Registry",
        registry_body = "Your own one: import from MLflow, and try a script before it runs for real.",
        class = "For teachers",
        class_body = "A plan of 45 minutes for a projector, with votes and worksheets.",
        author = "For authors",
        author_body = "Put the scene, a question or an exercise into your own page.",
        picture = "A picture of what can be moved here: version 2 is in Production, so the payments app gets version 2. Version 3 has no stage: it was not tested in Staging. Version 1 is archived.",
        app = "The payments app",
        loaded = "loaded",
        serves = "serves",
        empty = "Empty",
        ;
        practice_body = "{count} question." | "{count} questions with explained answers, tried out on a registry.",
        exercises_body = "{count} task on a registry." | "{count} tasks on a registry, and more that are made for you.",
    }
);

//! The four dialects that the console reads.

use registry::named_enum;

named_enum! {
    /// What a part of a text is written in.
    pub enum Dialect {
        /// A command line, `mlflow models …`.
        Shell = "shell",
        Python = "python",
        /// A `curl` call of the REST server.
        Rest = "rest",
        /// The console's builtins, `help`, `undo` and so on.
        Builtin = "own",
    }
}

//! Browser tests of Model Stages over WebDriver.

//! What a learning platform reads first: `imsmanifest.xml` of SCORM 1.2.

use crate::html::escaped;

const TITLE: &str = "Model Stages";

/// Returns the manifest of a course with one page.
pub fn text() -> String {
    let title = escaped(TITLE);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="model-stages" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="lesson">
    <organization identifier="lesson">
      <title>{title}</title>
      <item identifier="app" identifierref="page">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/>
    </resource>
  </resources>
</manifest>
"#
    )
}

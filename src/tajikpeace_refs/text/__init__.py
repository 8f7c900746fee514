"""Text in any script: inline markup, titles, languages, transliteration."""

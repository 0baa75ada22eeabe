//! PDF inputs: objects by `lopdf`, pages by our own content interpreter.

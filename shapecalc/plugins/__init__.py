"""Our findings in other lint tools: each file is loaded by the tool that it is named after."""

// (see package.json for what this package is)
export {}

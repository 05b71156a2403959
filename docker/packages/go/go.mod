module duvomock

go 1.18

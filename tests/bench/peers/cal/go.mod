module peer

go 1.21

require github.com/rickar/cal/v2 v2.1.26

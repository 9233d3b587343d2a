// SPDX-License-Identifier: Apache-2.0
module libbpo.example/closemonth

go 1.19

# Fractional logit with cluster-robust errors and average marginal associations.
# Run in this folder: Rscript fractional.R
# Reads covariance.regions.csv; writes fractional.csv.

suppressMessages(library(sandwich))
options(digits = 17)

regions <- read.csv("covariance.regions.csv", colClasses = c(region_code = "character"))
regions$share <- regions$harmonised_index / 4
formula <- share ~ own_source_share + log_population + kota
fit <- glm(formula, quasibinomial, regions, control = glm.control(epsilon = 1e-14, maxit = 100))
v <- vcovCL(fit, regions$province, type = "HC1", cadjust = TRUE)

margins <- function(b) {
  x <- model.matrix(fit)
  one <- none <- x; one[, "kota"] <- 1; none[, "kota"] <- 0
  slope <- mean(dlogis(x %*% b))
  4 * c(b[2] * slope, b[3] * slope, mean(plogis(one %*% b) - plogis(none %*% b)))
}
b <- coef(fit)
# Derivatives by Richardson's extrapolation of central differences.
central <- function(j, h) (margins(b + h * (seq_along(b) == j)) - margins(b - h * (seq_along(b) == j))) / (2 * h)
jacobian <- sapply(seq_along(b), function(j) (4 * central(j, 5e-4) - central(j, 1e-3)) / 3)

write.csv(rbind(
  data.frame(what = "coefficient", name = names(b), estimate = b, standard_error = sqrt(diag(v))),
  data.frame(what = "average_marginal", name = names(b)[-1], estimate = margins(b),
             standard_error = sqrt(diag(jacobian %*% v %*% t(jacobian))))),
  "fractional.csv", row.names = FALSE)

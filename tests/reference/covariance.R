# Robust covariances of least-squares coefficients, by sandwich and clubSandwich.
# Run in this folder: Rscript covariance.R
# Reads covariance.regions.csv; writes covariance.mtcars.csv (R's own table, with a column for
# clusters), covariance.matrices.csv and covariance.tests.csv.

suppressMessages({library(sandwich); library(clubSandwich)})
options(digits = 17)

regions <- read.csv("covariance.regions.csv", colClasses = c(region_code = "character"))
write.csv(data.frame(car = rownames(mtcars), mtcars), "covariance.mtcars.csv", row.names = FALSE)

models <- list(
  main = list(
    harmonised_index ~ own_source_share + log_population + kota + kppn_ikn, regions, "province"),
  # `bali` and `single` (a province of one region) are dummies that one cluster alone decides.
  dummies = list(
    harmonised_index ~ own_source_share + log_population + bali + single, regions, "province"),
  provinces = list(
    harmonised_index ~ own_source_share + log_population + factor(province), regions, "province"),
  weighted = list(
    harmonised_index ~ own_source_share + human_development_index, regions, "province"),
  cars = list(mpg ~ wt + hp, mtcars, "carb"))
by_row <- c("main", "cars", "weighted")  # elsewhere a row alone decides a coefficient

matrices <- tests <- NULL
keep <- function(model, kind, fit, v, df = NULL) {
  names <- intersect(names(coef(fit)), grep("factor", names(coef(fit)), invert = TRUE, value = TRUE))
  grid <- expand.grid(row = names, column = names, stringsAsFactors = FALSE)
  matrices <<- rbind(matrices, data.frame(model, kind, grid,
    value = mapply(function(r, c) v[r, c], grid$row, grid$column)))
  if (!is.null(df)) tests <<- rbind(tests, data.frame(model, kind, coefficient = names,
    estimate = coef(fit)[names], standard_error = sqrt(diag(v))[names], df = df[names]))
}
clustered <- function(model, kind, fit, cluster, type) {
  # Under weights, variances inverse to them are the working model. Several square roots make CR2
  # unbiased under it; ours is that of the weighted rows, clubSandwich's for weights another.
  if (model == "weighted" && type == "CR2" && kind == "cr2") {
    root <- sqrt(weights(fit)); x <- root * model.matrix(fit); y <- root * model.response(fit$model)
    weighted_rows <- lm(y ~ 0 + x)
    v <- vcovCR(weighted_rows, cluster = cluster, type = type)
    found <- coef_test(weighted_rows, vcov = v, test = "Satterthwaite")
    v <- matrix(v, ncol(x), dimnames = list(colnames(x), colnames(x)))
    return(keep(model, kind, fit, v, setNames(found$df, colnames(x))))
  }
  v <- vcovCR(fit, cluster = cluster, type = type, inverse_var = TRUE)
  found <- coef_test(fit, vcov = v, test = "Satterthwaite")
  df <- setNames(found$df, names(coef(fit)))
  keep(model, kind, fit, as.matrix(v), df)
}

for (model in names(models)) {
  formula <- models[[model]][[1]]; data <- models[[model]][[2]]
  cluster <- data[[models[[model]][[3]]]]
  data$.w <- if (model == "weighted") data$poverty_rate else NULL
  fit <- if (model == "weighted") lm(formula, data, weights = .w) else lm(formula, data)
  if (model %in% by_row) {
    for (type in c("HC1", "HC2", "HC3")) keep(model, tolower(type), fit, vcovHC(fit, type = type))
    clustered(model, "hc2bm", fit, seq_len(nrow(data)), "CR2")
  }
  clustered(model, "cr1", fit, cluster, "CR1S")
  clustered(model, "cr2", fit, cluster, "CR2")
  # CR3 inverts I - H_gg, which a dummy of one cluster makes singular.
  if (model %in% by_row) clustered(model, "cr3", fit, cluster, "CR3")
}

exact <- function(table) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], formatC, digits = 17, format = "g", width = 1)
  table
}
write.csv(exact(matrices), "covariance.matrices.csv", row.names = FALSE, quote = FALSE)
write.csv(exact(tests), "covariance.tests.csv", row.names = FALSE, quote = FALSE)
